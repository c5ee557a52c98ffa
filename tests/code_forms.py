"""Invented codes in the forms in which apps, input methods and scanners hand them on: one table for every reader."""

from __future__ import annotations

from datetime import date

from kiosk_api.domain.case_number import make

TOKEN = "aB3-_kLmNoPqRsTuVwXyZ0123456789C"
NUMBER = make(date(2026, 11, 17), 987_654_321_012)
MAC = "EVMU2LI7BQO3XK5A"
SHORT = "AB2CD1E0"
SHOP = "http://192.0.2.7:8080"


def full_width(text: str) -> str:
    """Every ASCII sign in full width."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


LINK = f"{SHOP}/r#{TOKEN}"
LINKS = {
    "as printed": LINK,
    "for WeChat": f"{LINK}#wechat_redirect",
    "shared to a friend": f"{LINK}&from=singlemessage",
    "shared before the mark": f"{SHOP}/r?from=singlemessage&isappinstalled=0#{TOKEN}",
    "shared to the timeline": f"{LINK}?from=timeline&isappinstalled=0",
    "a web view's own mark": f"{LINK}#wechat_webview_type=1",
    "in a sentence": f"请看 {LINK}。谢谢",
    "an encoded full stop": f"{LINK}%E3%80%82",
    "in full-width brackets": f"【信访局】您的链接（{LINK}）",
    "in book marks": f"《{LINK}》",
    "with a comma of an English text": f"See {LINK}, please",
    "at the end of an English text": f"My case: {LINK}.",
    "an encoded mark": f"{SHOP}/r%23{TOKEN}",
    "a mark encoded twice": f"{SHOP}/r%2523{TOKEN}",
    "the mark lost to a path": f"{SHOP}/r/{TOKEN}",
    "the mark lost to a query": f"{SHOP}/r?{TOKEN}",
    "the mark lost to a blank": f"{SHOP}/r {TOKEN}",
    "a full-width mark": f"{SHOP}/r＃{TOKEN}",
    "all full width": full_width(LINK),
    "a Chinese input method": LINK.replace("/", "、").replace(":", "：").replace("_", "——").replace(".", "。"),
    "caps lock": LINK.swapcase(),
    "a QR code's identifier": f"]Q1{LINK}",
    "caps lock and an identifier": f"]Q1{LINK}".swapcase(),
    "an extended channel": f"]Q2\\000026{LINK}",
    "a group separator": f"\x1d{LINK}\x1d\r\n",
    "a byte order mark": f"\ufeff{LINK}",
    "invisible marks": f"\u202a{SHOP}/r#{TOKEN[:9]}\u200b{TOKEN[9:]}\u202c",
    "a mail's line end": f"{SHOP}/r#{TOKEN[:20]}\n{TOKEN[20:]}",
    "pasted twice": f"{LINK}{LINK}",
    "without a scheme": LINK.removeprefix("http://"),
    "a blank behind the mark": f"{SHOP}/r# {TOKEN}",
    "an address in angle brackets": f"<{LINK}>",
    "Markdown": f"[查进度]({LINK})",
    "HTML": f'<a href="{LINK}">查进度</a>',
    "an ampersand of HTML": f"{LINK}&amp;from=singlemessage",
}
TOKENS = {
    "as it is": TOKEN,
    "blanks around": f" {TOKEN}\n",
    "a tail": f"{TOKEN}&from=singlemessage",
    "a mark for WeChat": f"{TOKEN}#wechat_redirect",
    "a full stop": f"{TOKEN}。",
    "in quotes": f"“{TOKEN}”",
    "full width": full_width(TOKEN),
    "an identifier": f"]Q1{TOKEN}",
    "an invisible mark": f"{TOKEN}\u200b",
}
NO_RECEIPTS = {
    "a payment code": "https://qr.alipay.example/fkx0123456789abcdefghijkl",
    "another payment code": "wxp://f2f0AbCdEfGhIjKlMnOpQrStUvWxYz012345",
    "another site": f"https://shop.example/item?id={TOKEN}",
    "an account": "https://u.wechat.example/kAbCdEfGhIjKlMnOpQrStUv",
    "goods": "6901234567892",
    "a contact": "BEGIN:VCARD\nN:王小明\nTEL:13900005678\nEND:VCARD",
    "a network": "WIFI:T:WPA;S:home;P:password1234;;",
    "a script": f"javascript:/other#{TOKEN}",
}
NUMBERS = {
    "as printed": NUMBER,
    "lower case": NUMBER.lower(),
    "blanks": NUMBER.replace("-", " "),
    "a blank after each sign": " ".join(NUMBER),
    "no hyphens": NUMBER.replace("-", ""),
    "full width": full_width(NUMBER),
    "en dashes": NUMBER.replace("-", "–"),
    "Chinese dashes": NUMBER.replace("-", "——"),
    "the sign for a long vowel": NUMBER.replace("-", "ー"),
    "minus signs": NUMBER.replace("-", "−"),
    "Chinese full stops": NUMBER.replace("-", "。") + "。",
    "Chinese commas": NUMBER.replace("-", "，"),
    "the figure one for a hyphen": NUMBER.replace("-", "一"),
    "words around": f"编号：{NUMBER}，谢谢",
    "a wish in front": f"查{NUMBER}。",
    "brackets": f"【{NUMBER}】",
    "quotes": f"“{NUMBER}”",
    "invisible marks": f"\u202d{NUMBER[:7]}\u200b{NUMBER[7:]}\u202c",
    "line ends": NUMBER.replace("-", "\n"),
    "an identifier": f"]C0{NUMBER}",
    "Cyrillic letters": NUMBER.replace("X", "Х"),
    "a multiplication sign": NUMBER.replace("XF", "×F"),
    "O for 0 and l for 1": "XF" + NUMBER[2:].replace("0", "O").replace("1", "l"),
    "the receipt's code": f"{NUMBER}.{MAC}",
    "the address of its code": f"{SHOP}/verify?code={NUMBER}.{MAC}",
}
WITH_MAC = f"{NUMBER}.{MAC}"
VERIFY_CODES = {
    "as printed": WITH_MAC,
    "a Chinese full stop": WITH_MAC.replace(".", "。"),
    "a Chinese full stop at the end": f"{WITH_MAC}。",
    "all full width": full_width(WITH_MAC),
    "a full-width stop": WITH_MAC.replace(".", "．"),
    "a half-width Chinese stop": WITH_MAC.replace(".", "｡"),
    "a middle dot": WITH_MAC.replace(".", "·"),
    "a blank for the stop": WITH_MAC.replace(".", " "),
    "no stop": WITH_MAC.replace(".", ""),
    "a comma": WITH_MAC.replace(".", "，"),
    "lower case": WITH_MAC.lower(),
    "blanks within": f"{NUMBER} . {MAC[:4]} {MAC[4:8]} {MAC[8:12]} {MAC[12:]}",
    "dashes": WITH_MAC.replace("-", "—"),
    "words in front": f"回执核对码：{WITH_MAC}",
    "the whole address": f"{SHOP}/verify?code={WITH_MAC}",
    "the address shared": f"{SHOP}/verify?code={WITH_MAC}&from=singlemessage&isappinstalled=0",
    "the address for WeChat": f"{SHOP}/verify?code={WITH_MAC}#wechat_redirect",
    "the address in a sentence": f"是真的吗？{SHOP}/verify?code={WITH_MAC}。",
    "encoded": f"{SHOP}/verify%3Fcode%3D{WITH_MAC.replace('.', '%2E')}",
    "an identifier": f"]Q1{SHOP}/verify?code={WITH_MAC}",
    "caps lock": f"{SHOP}/verify?code={WITH_MAC}".swapcase(),
    "brackets": f"【{WITH_MAC}】",
    "a line end": f"{NUMBER}.\n{MAC}",
    "invisible marks": f"\u2066{NUMBER}.{MAC[:5]}\u200d{MAC[5:]}\u2069",
    "figures for letters": f"{NUMBER}.{MAC.replace('O', '0').replace('I', '1').replace('B', '8')}",
    "l for I": f"{NUMBER}.{MAC.replace('I', 'l')}",
}
SHORT_CODES = {
    "as shown": "AB2C-D1E0",
    "lower case": "ab2c-d1e0",
    "no hyphen": SHORT,
    "a blank": "AB2C D1E0",
    "full width": full_width("AB2C-D1E0"),
    "a Chinese dash": "AB2C—D1E0",
    "two of them": "AB2C——D1E0",
    "letters for figures": "AB2C-DLEO",
    "words in front": "回电码：AB2C-D1E0。",
    "an English word in front": "code: AB2C-D1E0",
    "another one": "callback AB2C-D1E0",
    "invisible marks": "\u200eAB2C-\u200bD1E0",
    "an identifier": "]Q1AB2C-D1E0",
    "brackets": "【AB2C-D1E0】",
}
TAILS = {
    "as asked": "5678",
    "full width": "５６７８",
    "words in front": "后四位是５６７８",
    "a figure among the words": "后4位是 5678。",
    "blanks": "5 6 7 8",
    "hyphens": "5-6-7-8",
    "an invisible mark": "56\u200b78",
    "Chinese figures": "五六七八",
    "masked": "138****5678",
    "a label": "尾号：5678",
    "Arabic figures": "٥٦٧٨",
}
NO_TAILS = ("", "567", "56789", "56a78", "电话", "5678 1234")
