"""What petitioners would type, and the letters they would type for it. Invented people and places.

The first list was read while words were added to `spoken.txt`, the second was not.
"""

PHRASES = """
tuoqiangongzi 拖欠工资
nongmingong 农民工
laobanpaole 老板跑了
gongqianmeigei 工钱没给
baogongtou 包工头
laodonghetong 劳动合同
gongshangrending 工伤认定
yanglaojin 养老金
shebao 社保
jiabanfei 加班费
zhengdibuchang 征地补偿
chaiqian 拆迁
buchangkuan 补偿款
zhaijidi 宅基地
weifang 危房
dibao 低保
cunweihui 村委会
cunzhishu 村支书
wuyefei 物业费
kaifashang 开发商
fangchanzheng 房产证
loushui 漏水
tingdian 停电
gongdibanyeshigong 工地半夜施工
zaoyin 噪音
shuibuzhao 睡不着
laorenhaizi 老人孩子
huagongchang 化工厂
wushui 污水
chouwei 臭味
yangzhuchang 养猪场
yiliaoshigu 医疗事故
yibaobaoxiao 医保报销
haizishangxue 孩子上学
xuexiao 学校
xuefei 学费
fayuan 法院
panjueshu 判决书
buzhixing 不执行
jianchayuan 检察院
paichusuo 派出所
baojing 报警
zhapian 诈骗
meirenguan 没人管
yizhimeijiejue 一直没解决
qingqiujinkuaichuli 请求尽快处理
woyaotousu 我要投诉
woyaofanying 我要反映
xiwanglingdao 希望领导
dadianhuameirenjie 打电话没人接
qunianxiulu 去年修路
shanggeyue 上个月
women 我们
wojia 我家
linju 邻居
ertong 儿童
xinfangju 信访局
minzhengju 民政局
shengtaihuanjingju 生态环境局
jiaotongju 交通局
renminzhengfu 人民政府
jiedao 街道
shequ 社区
zhongshanlu 中山路
renminlu 人民路
hepingcun 和平村
chaoyangqu 朝阳区
xian 西安
guangzhou 广州
haerbin 哈尔滨
neimenggu 内蒙古
lvshi 律师
nver 女儿
tuixiugongzi 退休工资
canjizheng 残疾证
chengbaodi 承包地
nmg 农民工
xfj 信访局
tqgz 拖欠工资
gaj 公安局
cwh 村委会
wyf 物业费
pcs 派出所
sfz 身份证
nongmingon 农民工
xinfan 信访
jianchay 检察院
buchangk 补偿款
zengdi 征地
cunzisu 村支书
lanjing 南京
xi'an 西安
wangxiaoming 王晓明
zhangjianguo 张建国
lixiuying 李秀英
fangzimeijiaofang 房子没交房
xiaoqulidelajimeirenqingli 小区里的垃圾没人清理
lubianludengbuliang 路边路灯不亮
shuidianfeitaigao 水电费太高
"""

# written after everything else was settled, never tuned to
HELD_OUT = """
louxiadefandianyouyantaida 楼下的饭店油烟太大
lumianquandoushikeng 路面全都是坑
tuidipeichangjin 退地赔偿金
muqinzhuyuan 母亲住院
yuangongsushe 员工宿舍
zhaopianhecailiao 照片和材料
caiwugongkai 财务公开
nongtianguangai 农田灌溉
zhuangxiugongsi 装修公司
xueshengyingyangcan 学生营养餐
qianlehetong 签了合同
gongdishangshouleshang 工地上受了伤
yizhituozhebugei 一直拖着不给
zufanghetong 租房合同
meiqiguandao 煤气管道
xiashuidaodule 下水道堵了
linshigong 临时工
yijingsannianle 已经三年了
shoujuhaizai 收据还在
jianshenqicai 健身器材
gongjiaochezhan 公交车站
tingchewei 停车位
zhaopinpianju 招聘骗局
"""


def phrases(listed: str) -> list[tuple[str, str]]:
    """(letters, phrase) of PHRASES or HELD_OUT."""
    words = listed.split()
    return list(zip(words[::2], words[1::2], strict=True))
