/* People's names are in no word list: a surname that many bear, and one or two signs that many
   parents choose, both in the order of how common they are (our own knowledge, no register). */

import { root } from "./pinyin_words.js";

const SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任"
  + "姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文牛"
  + "樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉";
const GIVEN = "明国华建文平志伟东海强晓生光林小民永杰军金健一忠洪江福祥中正振勇耀春大宁亮宇兴宝少剑云学仁涛瑞飞鹏安亚泽世汉达"
  + "卫利胜敏群波成荣新峰刚家龙德庆斌辉良玉俊立浩天宏子松克清长嘉红山贤阳乐锋智青跃元武广思雄锦威启昌铭维义宗英凯鸿森超"
  + "坚旭政传康继翔栋仲权奇礼楠炜友年震鑫雷兵万星骏伦绍麟雨行才希彦兆贵源有景升惠臣慧开章润高佳虎根诚夫声秀芳娜丽静"
  + "桂兰梅莲凤珍香玲淑霞琴美娟燕花艳萍芬英菊素爱雪倩婷欣怡蓉琳洁颖悦梦诗涵萱子轩梓晨奕辰雅琪芝翠银巧根财富满多喜米顺发旺";
const MOST_SIGNS = 2;
const VOWEL = /[aeiouv]/;
const UNCOMMON = 40;  // of a sign that few parents choose: shown when nothing else is a name

/** The exact syllables that `text` begins with at `at`; none without a vowel is in a name. */
function syllables(text, at) {
  return [...(root.from(text[at]) || [])].filter(([one]) => text.startsWith(one, at) && VOWEL.test(one));
}

/** Signs of a syllable that are in `order`, the commonest first. */
function known(node, order) {
  return node.words.map(([sign]) => [order.indexOf(sign), sign]).filter(([place]) => place >= 0)
    .sort((a, b) => a[0] - b[0]).map(([, sign]) => sign);
}

/** [sign, cost] of what parents would choose, or of what else sounds so. */
function given(node) {
  const common = known(node, GIVEN).slice(0, MOST_SIGNS);
  return common.length ? common.map((sign, place) => [sign, place])
    : node.words.slice(0, MOST_SIGNS).map(([sign], place) => [sign, UNCOMMON + place]);
}

/** A surname alone, while no given name has been typed. */
const alone = (text) => syllables(text, 0).filter(([one]) => one.length === text.length)
  .flatMap(([, node]) => known(node, SURNAMES));

/** Names that all of the letters may spell, likeliest first. */
export function names(text) {
  const found = [];
  const grow = (at, surname, rest) => {
    if (at === text.length && rest.length) {
      const ends = rest.reduce((made, signs) => made.flatMap((one) => signs.map(([sign, cost]) =>
        [one[0] + sign, one[1] + cost])), [["", 0]]);
      surname.forEach((one, place) => ends.forEach(([end, cost]) => found.push([one + end, cost + 3 * place])));
    }
    if (at >= text.length || rest.length === 2) return;
    for (const [syllable, node] of syllables(text, at)) {
      const end = at + syllable.length + (text[at + syllable.length] === "'" ? 1 : 0);
      if (!surname) {
        const signs = known(node, SURNAMES).slice(0, 2);
        if (signs.length) grow(end, signs, rest);
      } else {
        grow(end, surname, [...rest, given(node)]);
      }
    }
  };
  grow(0, null, []);
  const surnames = alone(text);
  const likely = found.filter(([, cost]) => cost < UNCOMMON);
  const shown = likely.length || surnames.length ? likely : found;
  return [...new Set([...surnames, ...shown.sort((a, b) => a[1] - b[1]).map(([name]) => name)])];
}
