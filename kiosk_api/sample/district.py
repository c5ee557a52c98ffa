"""Builds the invented county 青禾县 as a list of units: `python -m kiosk_api.sample.district` rewrites units.csv.

Three levels of places (12 towns and streets, 76 communities, 456 grid cells), 55 departments and the organs of the
windows. Nothing in it is a real place; every run writes the same bytes.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import NamedTuple

from kiosk_api.domain.unit_files import COLUMNS

FILE = Path(__file__).resolve().parent / "units.csv"
COUNTY, CITY, PROVINCE = "青禾县", "禾阳市", "青原省"
COUNTY_ID, CITY_ID, PROVINCE_ID = "u-0001", "u-0002", "u-0003"
CELLS_EACH = 6

# kind, name after the county's, other names after the county's or alone
_ORGANS = (
    ("petition_office", "信访局", "县信访局；信访局；信访办"),
    ("court", "人民法院", "县法院；法院"),
    ("procuratorate", "人民检察院", "县检察院；检察院"),
    ("public_security", "公安局", "县公安局；公安局"),
    ("discipline", "纪委监委", "县纪委；监委；纪检监察"),
    ("party", "县委组织部", "组织部；县委组织部"),
    ("labour_arbitration", "劳动人事争议仲裁院", "仲裁院；劳动仲裁"),
    ("administrative_reconsideration", "人民政府行政复议机构", "复议机构；行政复议"),
)
_ABROAD = {  # organs whose superior is the like organ of the city
    "court": "中级人民法院", "procuratorate": "人民检察院", "public_security": "公安局", "discipline": "纪委监委",
}  # fmt: skip
# name: other names; 55 departments
_DEPARTMENTS = {
    "发展和改革局": "发改局",
    "教育局": "教体局",
    "科学技术局": "科技局",
    "工业和信息化局": "工信局",
    "民族宗教事务局": "民宗局",
    "民政局": "",
    "司法局": "",
    "财政局": "",
    "人力资源和社会保障局": "人社局；劳动局",
    "自然资源局": "国土局；自规局",
    "生态环境局": "环保局",
    "住房和城乡建设局": "住建局；建设局；房管局",
    "交通运输局": "交通局",
    "水务局": "水利局",
    "农业农村局": "农业局",
    "商务局": "",
    "文化广电和旅游局": "文旅局；文广旅局",
    "卫生健康局": "卫健局；卫生局",
    "退役军人事务局": "退役军人局",
    "应急管理局": "应急局；安监局",
    "审计局": "",
    "市场监督管理局": "市场监管局；工商局",
    "统计局": "",
    "医疗保障局": "医保局",
    "地方金融工作局": "金融局；金融办",
    "城市管理局": "城管局；城管",
    "林业局": "",
    "乡村振兴局": "扶贫办",
    "行政审批服务局": "审批局；政务服务中心",
    "机关事务管理局": "机关事务局",
    "税务局": "",
    "气象局": "",
    "消防救援大队": "消防队；消防大队",
    "邮政管理局": "邮政局",
    "烟草专卖局": "烟草局",
    "供销合作社联合社": "供销社",
    "残疾人联合会": "残联",
    "妇女联合会": "妇联",
    "总工会": "工会",
    "红十字会": "",
    "国防动员办公室": "国动办；人防办",
    "档案馆": "",
    "公路事业发展中心": "公路局；公路段",
    "园林绿化中心": "园林局",
    "环境卫生中心": "环卫所；环卫处",
    "住房公积金管理部": "公积金中心；公积金",
    "不动产登记中心": "房产登记；不动产中心",
    "劳动保障监察大队": "劳动监察；劳监大队",
    "就业服务中心": "就业局",
    "社会保险事业中心": "社保局；社保中心",
    "房屋征收中心": "征收办；拆迁办",
    "疾病预防控制中心": "疾控中心；防疫站",
    "公共资源交易中心": "交易中心",
    "大数据中心": "数据局",
    "河道管理中心": "河道所；河长办",
}
# name: its communities and villages
_TOWNS = {
    "城关街道": "解放路社区 建设路社区 菜市口社区 幸福里社区 向阳社区 东关社区 西关社区",
    "柳林街道": "北环路社区 文化路社区 敬老院社区 水泥厂社区 柳林社区 南园社区 新村社区",
    "开发区街道": "锦绣园社区 科技路社区 工业园社区 创业社区 安置社区 湖滨社区 站前社区",
    "临江街道": "江岸社区 渡口社区 船厂社区 临江社区 码头社区 滨江社区 沙洲社区",
    "河口镇": "新桥村 南街社区 矿山村 采石村 河口村 下河村",
    "石桥镇": "东街社区 西街社区 后河村 前河村 石桥村 水厂村",
    "云台乡": "大坪村 上湾村 下湾村 云台村 松岭村 茶园村",
    "青山镇": "青山村 塘坊村 龙潭村 竹园村 双井村 岭下村",
    "白塔镇": "白塔村 塔前村 塔后村 马庄村 李庄村 陈庄村",
    "大田镇": "大田村 田心村 沙田村 高田村 新田村 田尾村",
    "红枫乡": "红枫村 枫树村 上枫村 下枫村 林场村 泉水村",
    "平湖镇": "平湖村 湖东村 湖西村 湖心村 渔村村 荷塘村",
}


class Row(NamedTuple):
    """A line of the file, by its columns."""

    id: str
    parent_id: str
    kind: str
    name: str
    aliases: str = ""
    superior_id: str = ""
    successor_id: str = ""
    active_from: str = "2000-01-01"
    active_to: str = ""


def rows() -> list[Row]:
    """Every unit, parents before their parts."""
    found = [
        Row(PROVINCE_ID, "", "government", f"{PROVINCE}人民政府", "省政府"),
        Row(CITY_ID, PROVINCE_ID, "government", f"{CITY}人民政府", "市政府"),
        Row(COUNTY_ID, CITY_ID, "government", f"{COUNTY}人民政府", "县政府"),
    ]
    for number, (kind, name, aliases) in enumerate(_ORGANS, 11):
        superior = ""
        if kind in _ABROAD:
            superior = f"u-01{number}"
            found.append(Row(superior, CITY_ID, kind, f"{CITY}{_ABROAD[kind]}", f"市{_ABROAD[kind]}"))
        found.append(Row(f"u-00{number}", COUNTY_ID, kind, COUNTY + name, aliases, superior))
    for number, (name, aliases) in enumerate(_DEPARTMENTS.items(), 1):
        found.append(Row(f"u-02{number:02d}", COUNTY_ID, "department", COUNTY + name, _with_county(name, aliases)))
    for number, (town, communities) in enumerate(_TOWNS.items(), 1):
        office = "办事处" if town.endswith("街道") else "人民政府"
        found.append(Row(f"s-{number:02d}", COUNTY_ID, "street", COUNTY + town + office, town))
        for part, community in enumerate(communities.split(), 1):
            below = f"c-{number:02d}{part}"
            committee = "居民委员会" if community.endswith("社区") else "村民委员会"
            found.append(Row(below, f"s-{number:02d}", "community", f"{town}{community}{committee}", town + community))
            found += [
                Row(f"g-{number:02d}{part}{cell}", below, "cell", f"{town}{community}第{cell}网格")
                for cell in range(1, CELLS_EACH + 1)
            ]
    return found


def _with_county(name: str, aliases: str) -> str:
    """The short names, alone and as people say them of a county: 人社局, 县人社局."""
    short = [one for one in aliases.split("；") if one] or [name]
    return "；".join([*short, *(f"县{one}" for one in short)])


def as_csv() -> str:
    """The whole file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows())
    return text.getvalue()


if __name__ == "__main__":
    FILE.write_text(as_csv(), encoding="utf-8")
