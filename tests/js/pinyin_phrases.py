"""What petitioners would type, and the letters they would type for it. Invented people and places.

The first list was read while words were added to `spoken.txt`, the second was not. The sentences
were written before the order of candidates learnt from neighbours, and nothing was chosen by them.
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

SENTENCES = """
cunlideludenghuailebannianmeirenxiu 村里的路灯坏了半年没人修
wojiadedibeizhanleyifenqianmeigei 我家的地被占了一分钱没给
qunianshiyuechanglitingfagongzidaoxianzai 去年十月厂里停发工资到现在
paichusuoshuobuguitamenguan 派出所说不归他们管
loushangloushuibawojiafangdingpaohuaile 楼上漏水把我家房顶泡坏了
wuyeluanshoutingchefeibugeifapiao 物业乱收停车费不给发票
haizihukouyizhiluobuxialai 孩子户口一直落不下来
yanglaobaoxianduanjiaolezenmebu 养老保险断缴了怎么补
gebifanguanyouyanzhijiepaidaowojiachuanghu 隔壁饭馆油烟直接排到我家窗户
gongjiaochegaixianyihoulaorenkanbingbufangbian 公交车改线以后老人看病不方便
fayuanpanlesannianhaimeizhixing 法院判了三年还没执行
dibaoshenqingjiaoshangqumeiyoudafu 低保申请交上去没有答复
linjugaifangdangzhulewojiadeguang 邻居盖房挡住了我家的光
kaifashangyuqijiaofangbupeiweiyuejin 开发商逾期交房不赔违约金
yiyuanduoshoulejianchafei 医院多收了检查费
xuexiaomenkoumeiyouhonglvdenghenweixian 学校门口没有红绿灯很危险
helideshuiyouheiyouchou 河里的水又黑又臭
gongdiyangchentaidabugankaichuang 工地扬尘太大不敢开窗
canjizhengbutietingfalesangeyue 残疾证补贴停发了三个月
tuixiujinsuandebuduiqingchongxinheding 退休金算得不对请重新核定
cunganbubajiujikuanfageizijiqinqi 村干部把救济款发给自己亲戚
xiaoqudiantijingchangkunren 小区电梯经常困人
kuaidigongsituoqiansijiyunfei 快递公司拖欠司机运费
zilaishuiyouyigutiexiuwei 自来水有一股铁锈味
wofuqinzaigongdishuaiduanletuilaobanbuguan 我父亲在工地摔断了腿老板不管
zhengdibuchangbiaozhunqianhoubuyiyang 征地补偿标准前后不一样
baogongtoupaodaowaidizhaobuzhaoren 包工头跑到外地找不着人
laojiuxiaoqujiazhuangdiantimeiyourenqiantou 老旧小区加装电梯没有人牵头
chengbaodidehetongbeicunligaile 承包地的合同被村里改了
zhaijidibeibierenzhanzhegailefang 宅基地被别人占着盖了房
jiaoyujuburangzhuanxue 教育局不让转学
gongnuanwendubugoushiliudu 供暖温度不够十六度
maidefangzibanbuxiafangchanzheng 买的房子办不下房产证
beipianleliangwankuaiqianbaoanmeilian 被骗了两万块钱报案没立案
jiaojingfacuoleren 交警罚错了人
gongchangbanyetoutoupaifeiqi 工厂半夜偷偷排废气
weishengyuanmeiyouyao 卫生院没有药
qingbangwobagongziyaohuilai 请帮我把工资要回来
xiwangchaqingchuzhangmu 希望查清楚账目
qingqiuhuifuwodedibao 请求恢复我的低保
yaoqiugongkaibuchangmingdan 要求公开补偿名单
tamenbawomuqindefenpingle 他们把我母亲的坟平了
shudaoleyahuailewodesanlunche 树倒了压坏了我的三轮车
nongjibutiekuanmeiyoudaozhang 农机补贴款没有到账
weifanggaizaomingebeirendingle 危房改造名额被人顶了
wobushiziqingbangwoxie 我不识字请帮我写
zhengjudouzaishoujili 证据都在手机里
wozhaoguozhenzhengfuwuci 我找过镇政府五次
tamenhuxiangtuilaituiqu 他们互相推来推去
shujishuodengdengzaishuo 书记说等等再说
wotuijiaobuhaozoubuliaoyuanlu 我腿脚不好走不了远路
dianhuadabutongyemeirenhui 电话打不通也没人回
hetongshangxiedeshibayuedifuqing 合同上写的是八月底付清
cailiaoyijingjiaogeichuangkoule 材料已经交给窗口了
woshituiwujunrenanzhimeiyouluoshi 我是退伍军人安置没有落实
gongsidaobileshebaomeiyoujiao 公司倒闭了社保没有缴
jiabanfeiyizhimeiyousuan 加班费一直没有算
yunqibeidanweicitui 孕期被单位辞退
youeryuanturanguanmenbutuifei 幼儿园突然关门不退费
yangjichanglicunzitaijinweidaohenda 养鸡场离村子太近味道很大
liangshibutiebibierenshao 粮食补贴比别人少
shuiqudulejiaobushangdi 水渠堵了浇不上地
fangzuyajinbutui 房租押金不退
woyaojubaoyourenshouhongbao 我要举报有人收红包
wangjiazhuangdeqiaotaleyiban 王家庄的桥塌了一半
lijiagouxiaoxuemeiyoulaoshi 李家沟小学没有老师
zhaogezhuangcunweihuimenkou 赵各庄村委会门口
qingshizhenliushuwansanzu 青石镇柳树湾三组
"""


def phrases(listed: str) -> list[tuple[str, str]]:
    """(letters, phrase) of one of the lists."""
    words = listed.split()
    return list(zip(words[::2], words[1::2], strict=True))
