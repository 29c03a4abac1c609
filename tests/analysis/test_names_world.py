"""Given and family names as the press of many countries spells them, a name a paragraph, from general knowledge.

Not taken from the measured data, and not all of them are met: the share that is met must not fall.
"""

from __future__ import annotations

import re
from itertools import combinations

from analysis.names import name_keys, same_name
from analysis.tokens import fold

NAMES = """
Исмаил Исмоил Исмаїл Ысмайыл Ismail Ismael Ismaïl Ismaeel Esmail Ismayil Ismoil Ismajil Ismá'il Ismaíl
Ибрагим Ибрахим Иброҳим Ібрагім Ибраһим Ibrahim Ibragim Ibraheem Ebrahim Ibrohim Ibrahím Ibrachim İbrahim
Юсуф Юсуп Юсеф Жүсіп Yusuf Yousef Yusef Yousuf Youssef Yusup Jusuf Joesoef Yusif Yūsuf
Халид Холид Халед Халід Khalid Khaled Halid Xalid Xolid Chalid Khālid Haled
Салим Селим Сәлім Салім Солим Salim Saleem Selim Salîm Sälim Sélim Sālim
Карим Керим Кәрім Карім Karim Kareem Kerim Carim Karím Kärim Karīm
Саид Саїд Said Saeed Saïd Sa'id Saíd Saied
Рашид Рашід Рәшид Рашит Rashid Rasheed Rachid Raschid Raşid Rašid Rasjid Rasid
Хасан Ҳасан Хассан Hasan Hassan Khasan Chasan Hasán Hasszán Xasan Hassán
Хусейн Хусаин Ҳусайн Хусейін Хусайн Hussein Husain Husayn Hossein Hussain Houssein Hüseyin Husein Khusain Xusayn
    Husajn Hoessein
Джамал Жамал Жамол Ҷамол Jamal Djamal Dschamal Dzhamal Jamol Zhamal Džamal Dżamal Cemal Camal
Фарид Фарід Фәрид Ферид Farid Fareed Ferid Férid Faríd Farīd
Лейла Ләйла Лайла Лайло Leila Leyla Layla Laila Lejla Leïla Laylo Läyla
Фатима Фатіма Фотима Фәтима Fatima Fatimah Fátima Fatema Fotima Fâtima
Айша Ойша Әйша Аиша Aisha Ayesha Aïcha Aischa Ajsza Aysha Aicha Ajša Aisja
Зайнаб Зейнаб Зейнеп Зайнап Zainab Zeinab Zaynab Zejnab Zeïnab Zeynab Zeynep Zajnab
Марьям Мариям Мариам Мар'ям Maryam Mariam Mariyam Marjam Meryem Mariám Meriem
Мустафа Мұстафа Mustafa Mostafa Moustafa Mustapha Moestafa Musztafa Mustafá
Амина Аміна Әмина Amina Aminah Ameena Amína Emina Ämina
Дмитрий Дмитрій Дмітрій Dmitri Dmitry Dmitriy Dmitrij Dmitrii Dmitrï Dimitri Dmitryi Dymitr
Алексей Алексій Alexei Alexey Aleksei Aleksej Alexej Alekseï Aleksiej Alekszej Aleksey Alexeï
Михаил Михайло Михаїл Mikhail Michail Mihail Mikhaïl Mikhaíl Michaił Mihhail Mikhayil Mihaíl
Сергей Сергій Sergei Sergey Sergej Serguei Sergueï Szergej Siergiej Serhiy Sergiy Serghei
Юрий Юрій Yuri Yury Yuriy Youri Iouri Jurij Juri Iurii Yurii
Андрей Андрій Andrei Andrey Andrej Andreï Andriy Andrzej Andriej
Николай Миколай Nikolai Nikolay Nikolaj Nicolai Nikolaï Nicolay Nicolae
Виктор Віктор Victor Viktor Wiktor Víctor Viktór
Екатерина Катерина Yekaterina Ekaterina Jekaterina Iekaterina Katerina Jekatierina Ekatérina
Евгений Євген Євгеній Yevgeny Evgeny Evgeni Jewgeni Jevgenij Evgueni Evgenii Yevgeniy Evgenij Jewgienij Evguéni
Владимир Володимир Vladimir Wladimir Vlagyimir Vladímir Władimir Vladimír Wladimír
Наталья Наталия Наталія Natalia Natalya Natalja Nataliya Natalija Natália Nataliia
Елена Олена Elena Yelena Jelena Iélena Elèna Eléna
Ренат Ринат Rinat Renat Rinát
Тимур Тимұр Темур Timur Timour Timoer Teymur Tymur Temur Tímur
Артём Артем Artyom Artem Artiom Artjom Artém Arťom
Айгуль Айгүл Айгул Ойгул Aigul Aygul Aigoul Ajgul Aygül Aigül Ajgül Aigoel
Гульшан Гүлшан Gulshan Gülşan Goulchan Gulschan Gulsjan Gulszan Gulšan
Шавкат Шавкет Shavkat Schawkat Chavkat Sjavkat Szawkat Šavkat Shovkat Şavkat Savkat
Жанна Жана Zhanna Janna Schanna Zjanna Żanna Žanna Zsanna Dzhanna
Жомарт Жоомарт Джомарт Zhomart Jomart Schomart Żomart Žomart Zjomart Zsomart
Чингиз Чингис Шыңғыс Чынгыз Chingiz Tschingis Tchinguiz Czingiz Čingiz Csingiz Tsjingiz Cengiz Çingiz Shyngys
Ержан Yerzhan Erzhan Erjan Yerjan Jerschan Jerzjan Jerzsan Jerżan Jeržan Ierjan
Бакытбек Бақытбек Bakytbek Baqytbek Bakhytbek Bakitbek Bakıtbek Baqıtbek Bachytbek
Мухтар Мұхтар Мұқтар Mukhtar Muhtar Mouhtar Muchtar Moechtar Muxtar Muktar Moukhtar
Рахим Раҳим Рахім Rahim Rakhim Raheem Rachim Rahím Raxim Rehim Rakhym
Рахман Раҳмон Рахмон Rahman Rakhman Rahmon Rachman Raxmon Rehman Rakhmon
Ахмад Аҳмад Ахмед Ахмет Ahmad Ahmed Akhmad Axmad Achmad Akhmed Ahmet Akhmet Axmed Axmat Achmed Achmet Ahmàd
Махмуд Маҳмуд Мақмұт Махмут Mahmud Mahmoud Makhmud Machmud Maxmud Mahmood Makhmut Mahmut
Абдурахман Абдураҳмон Әбдірахман Абдрахман Abdurahman Abdurrahman Abdulrahman Abdourahmane Abdurakhman
    Abdurachman Abderrahman Abdirakhman Abdurahmon Abdyrahman
Абдулла Абдуллох Abdulla Abdullah Abdallah Abdoullah Abdoulah Abdulloh Abdollah Abdellah
Тахир Тоҳир Тахір Taher Tahir Takhir Tohir Tachir Taxir Tahír
Закир Зокир Зәкір Закір Zakir Zaker Zokir Zakír Zekir Sakir
Шариф Шәріп Шарип Sharif Sherif Chérif Scharif Charif Šarif Szarif Sharip Shareef
Хамид Ҳамид Хамід Hamid Hameed Khamid Xamid Chamid Hamíd Hāmid Hamyd
Башир Бәшир Bashir Basheer Bachir Baschir Beshir Başir Baszir Bešir
Латиф Ләтип Латип Latif Lateef Letif Latyf Lotif Latîf
Насир Носир Нәсір Насір Nasir Nasser Naser Nosir Nâsir Nāṣir
Нурлан Нұрлан Nurlan Nourlan Noerlan Nurłan Nūrlan Nurlán
Рустам Рустем Рүстем Rustam Rustem Roustam Roestam Rüstem Rustám
Ислам Ислом Ісләм Islam Islom Islám Eslam Isłam
Джалил Жәлел Жалил Ҷалил Jalil Djalil Zhalil Dschalil Dzhalil Jaleel Celil Džalil Jalel
Каримов Кәрімов Karimov Karimow Carimov Kärimov Kareemov
Юлдашев Йўлдошев Юлдошев Yuldashev Yoldoshev Yo'ldoshev Juldaschew Youldachev Joeldasjev Juldašev Juldaszew
    Ioldachev
Хаджиев Ҳожиев Хожиев Hajiev Khadzhiev Hojiyev Chadschijew Khadjiev Hadžijev Chadżyjew Hadzsijev Hadzjiev
    Xojiyev Hajiyev
Жаксыбеков Жақсыбеков Джаксыбеков Zhaksybekov Jaksybekov Schaksybekow Zhaqsybekov Jaqsybekov Żaksybiekow
    Žaksybekov Zsakszibekov Zjaksybekov Dzhaksybekov
Ашимов Әшімов Ашімов Ashimov Achimov Aschimow Asjimov Aszimow Ašimov Ashymov Äshimov Asimov
Шайхутдинов Шайхуддинов Shaikhutdinov Chaïkhoutdinov Schaichutdinow Shayxutdinov Šajchutdinov Szajchutdinow
    Shaykhutdinov Sajhutgyinov
Сарсенбаев Сәрсенбаев Sarsenbayev Sarsenbaev Sarsenbajew Sarsenbaïev Szarszenbajev Särsenbayev Sarsenbajev
Кулибаев Құлыбаев Kulibayev Kulibaev Koulibaïev Kulibajew Kulibajev Qulybayev Koelibajev Qūlybaev
Өтемісов Утемисов Utemisov Utemissov Outemissov Otemisov Ötemisov Oetemisow Utemisow Ötemissow
Үсенов Усенов Usenov Ussenov Oussenov Usenow Üsenov Ussenow
Ғабит Габит Gabit Ghabit Ğabit Ġabit
Қуаныш Куаныш Kuanysh Kuanish Quanysh Quanish Kouanych Kuanysch Quanyş Kuanyš Kuanysz Kvanysh
Сауле Сәуле Saule Saulé Säule Sawle
Динмухамед Дінмұхаммед Dinmukhamed Dinmuhamed Dinmukhammed Dinmouhamed Dinmuchamed Dinmuxamed Dinmohamed
Гурбангулы Курбанкулы Gurbanguly Gourbangouly Kurbanguly Qurbanguly Gurbangoely Gurbanguli
Бекзат Бекзад Bekzat Bekzad Begzat Beksat Bekzát
Нұрсұлтан Нурсултан Nursultan Noursoultan Nūrsūltan Noersoeltan Nurszultan Nursułtan Nursoltan
Турсын Тұрсын Турсун Tursyn Tursun Toursoun Tursin Tursın Toersoen Turszun
Өмірзақ Умирзак Омирзак Umirzak Omirzak Omyrzak Ömirzaq Oumirzak Umyrzak
Қонысбай Конысбай Konysbai Qonysbay Konysbay Konisbay Konysbaj Qonısbay Konysbaï
Ыбырайхан Ибрайхан Ybyraikhan Ibrayhan Ybyrajchan Ibyraikhan Ibiraykhan Ybiraikhan
Оразбек Orazbek Orasbek Orázbek
Балжан Балджан Balzhan Baljan Balschan Balžan Balżan Balzjan Balzsan Baldzhan Baldjan
Якуб Жақып Жакып Ёқуб Якоб Yakub Yaqub Yacoub Jakub Yakoub Yoqub Yakup Jakob Ya'qub Iakub Jakup Yaʿqūb
Юнус Жүніс Жунус Юнес Yunus Younes Younus Yunis Junus Yunes Joenoes Youness Younous Жүнүс
Осман Усмон Усман Оспан Ғұсман Osman Usman Othman Ousmane Uthman Usmon Outhman Osmán Oesman
Умар Омар Ғұмар Үмар Umar Omar Omer Ömer Oumar Oemar Umer Omár
Муса Мұса Мусо Musa Moussa Mousa Moosa Moesa Muso Mūsā Musá
Иса Ғиса Исо Isa Issa Essa Eisa Iso Isá Aissa
Хабиб Ҳабиб Хабіб Қабиб Habib Habeeb Khabib Xabib Chabib Habíb Habîb Hebib
Хаким Ҳаким Ҳоким Хакім Әкім Hakim Hakeem Khakim Xakim Hokim Chakim Hakím Hekim Hâkim
Мансур Мәнсүр Мансұр Mansur Mansour Mansoor Mansoer Mänsür Manszur Manṣūr Mansúr
Заид Зайд Зәйд Zaid Zayd Zeid Zayed Zaïd Zejd
Захид Зохид Заһид Зәһид Zahid Zahed Zohid Zakhid Zahíd Zaxid Zachid Zāhid
Садык Содиқ Сәдық Садық Sadik Sadiq Sadyk Sodiq Sadeq Sadegh Sadık Saddiq Sodik
Камил Комил Кәміл Каміль Камиль Kamil Kamel Komil Kameel Kâmil Kamíl Camil Kämil Kamill
Вали Уәли Уали Валий Вәли Vali Wali Veli Walee Uali Ualy Valí Valiy
Орхан Урхан Орқан Orhan Orkhan Orxan Örkhan Orchan Orkan
Талгат Талғат Талъат Talgat Talghat Talğat Talqat Talkhat Talgát Talgatt
Даниель Даниил Даниял Дәниял Daniel Daniyal Danial Daniil Danyal Danijal Dániel Danijel
Дамир Дамір Дәмір Damir Damír Damyr Dameer Dámir
Данияр Дәнияр Даниёр Дониёр Даніяр Daniyar Daniar Danijar Doniyor Daniiar Daníyar Danyar
Ильяс Илияс Ілияс Ілляс Илёс Ilyas Iliyas Ilias Iljas Elias Elyas Ilyos Iliès İlyas
Исаак Исхак Исҳоқ Ысқақ Ishak Isaac Ishaq Iskhak Isaak Ishac Isḥāq Isxoq Ischak
Джамиля Жәмила Жамиля Жамила Ҷамила Jamila Djamila Jamilah Dschamila Dzhamilya Jamilia Zhamilya Džamila Cemile
    Jameela Djamilia
Карима Кәрима Каріма Karima Kareema Kerima Kärima Karimah Carima Karíma
Хадиджа Қадиша Хадича Хадижа Khadija Hatice Khadidja Chadidscha Khadijah Xadicha Hadidža Hadija Chadidża
    Khadizha
Зульфия Зүлфия Зулфия Zulfiya Zulfia Sulfija Zoulfia Zülfiye Zulfija Zul'fiya Zulfiia Zülfija
Зарина Заріна Зәрина Zarina Zareena Sarina Zarína Zerina Zarīna
Нигора Нигара Нигар Nigora Nigara Nigar Nigár Nigâr Negar
Малика Мәлика Маліка Malika Maleeka Malikah Maliká Melike Málika
Джавид Жәуит Жавид Ҷовид Javid Djavid Jawid Javed Cavid Dschavid Dzhavid Javeed Džavid Jovid
Шамиль Шәміл Шамил Шаміль Shamil Schamil Chamil Şamil Szamil Šamil Shameel Sjamil Samil
Шухрат Шуҳрат Шұхрат Shukhrat Shuhrat Schuchrat Choukhrat Shuxrat Sjoechrat Szuchrat Šuchrat Shukrat
Равшан Раушан Ровшан Рәушан Ravshan Rawshan Raushan Rovshan Rawschan Ravchan Rövşen Ravşan Rövşən
Санжар Санджар Санҷар Sanjar Sanzhar Sandjar Sandschar Sanžar Sancar Sandzhar Sanżar Sencer
Султан Сұлтан Султон Sultan Soltan Sultán Soultan Sulton Soeltan Szultán Sułtan Sultaan
Темирлан Темірлан Темурлан Temirlan Timirlan Temerlan Témirlan Temyrlan Temurlan
Улугбек Ұлықбек Улуғбек Ulugbek Ulugh Oulougbek Ulughbek Ulug'bek Ulukbek Uluğbek Oeloegbek
Виталий Віталій Vitaly Vitali Vitalij Witali Vitaliy Vitalii Witalij Vitaliï Vitály Vitalie
Геннадий Геннадій Gennady Gennadi Gennadij Guennadi Hennadiy Gennadiy Giennadij Gennagyij Gennadii Guennady
Григорий Григорій Grigory Grigori Grigorij Hryhoriy Grigoriy Grigoriï Grigorii
Василий Василь Василій Vasily Vasili Wassili Vassili Vasilij Vasyl Vaszilij Wasilij Vassily Vasilii
Константин Костянтин Konstantin Constantin Konstantín Konstantyn Konsztantyin Constantine Konstantine
Анатолий Анатолій Anatoly Anatoli Anatolij Anatole Anatoliy Anatolii Anatolïy Anatolí
Жанибек Жәнібек Джанибек Жонибек Janibek Zhanibek Dzhanibek Djanibek Schanibek Žanibek Jonibek Canibek Zhänibek
    Żanibek
Бауыржан Бауржан Бауырджан Bauyrzhan Baurzhan Bauyrjan Bauirjan Bawırjan Baouyrjan Bauyrschan Bauržan Baurschan
    Bauirzhan
Куанышбек Қуанышбек Kuanyshbek Quanyshbek Kouanychbek Kuanyschbek Quanışbek Kuanishbek Kuanyšbek
Ахметжанов Акметжанов Ахмеджанов Аҳмаджонов Akhmetzhanov Ahmetjanov Akhmedjanov Achmetschanow Akhmetjanov
    Ahmadjonov Achmetżanow Axmetjanov Akhmetdzhanov Ahmetžanov
Жумагулов Жұмағұлов Джумагулов Жумакулов Zhumagulov Jumagulov Dzhumagulov Djoumagoulov Schumagulow Žumagulov
    Zjoemagoelov Żumagułow Jumagulow
Шаймерденов Шәймерденов Shaimerdenov Shaymerdenov Schaimerdenow Chaïmerdenov Šajmerdenov Szajmerdenow
    Şaymerdenov Sjajmerdenov
Чокморов Чоқморов Chokmorov Tschokmorow Tchokmorov Čokmorov Czokmorow Csokmorov Tsjokmorov Çokmorov
Құсайынов Кусаинов Кусайынов Хусаинов Kusainov Kussainow Qusaiynov Koussaïnov Kusaiynov Qusayınov Qūsaiynov
Тәжібаев Тажибаев Таджибаев Тожибоев Tazhibayev Tazhibaev Tajibaev Tadschibajew Tajibayev Tadjibaev Tažibajev
    Tojiboyev Tażybajew
Ержанов Ерджанов Erzhanov Yerzhanov Erjanov Jerschanow Eržanov Yerjanov Jerżanow Jerzjanov
Айтбаев Ойтбоев Aitbayev Aytbaev Aitbajew Aïtbaïev Ajtbajev Aytbayev Oytboyev Aitbaev
Юлдуз Жулдыз Жұлдыз Йўлдуз Yulduz Zhuldyz Yıldız Juldyz Youldouz Schuldys Jıldız Zhuldiz
Гулмира Гүлмира Гульмира Gulmira Gülmira Goulmira Gulmyra Goelmira Gul'mira Gülmire Gulmirá
Назгуль Назгүл Назгул Nazgul Nasgul Nazgül Nazgoul Nazgoel Nazghul
Дилором Диларам Dilorom Dilaram Diloram Dylorom Diłorom
Жаныл Джаныл Жаңыл Zhanyl Janyl Schanyl Žanyl Zhanil Janıl Djanyl Zhangyl Jangyl
Өмүрзак Омурзак Өмірзақ Omurzak Omurzaq Ömürzak Oemoerzak Omourzak Omirzaq
Түрсүнбек Турсунбек Тұрсынбек Tursunbek Toursounbek Tursynbek Türsünbek Tursinbek Toersoenbek
Керимбай Кәрімбай Керімбай Kerimbay Kerimbai Kerimbaï Kärimbay Kerimbaj Kerymbai
Илхом Илҳом Ілхам Ильхам Ilhom Ilkhom Ilham Ilxom Ilcham Ilkham Elham İlham
Фаррух Фарух Фаррӯх Farrukh Faruh Farroukh Farruh Farrux Faroukh Farruch Farukh
Хуршид Хуршед Хұршид Khurshid Xurshid Hurşit Khursheed Churschid Khourchid Xurşid Hurshid Churszid
Бехзод Беҳзод Бехзад Behzod Bekhzod Behzad Bexzod Bechzod Behsad Bekhzad
Нурмухаммад Нұрмұхамед Нурмуҳаммад Нурмухамед Nurmuhammad Nurmukhamed Nourmohamed Nurmuhammet Noermoechamed
    Nurmuxammad Nurmuchamed
Назарбаев Назарбоев Nazarbayev Nazarbaev Nazarbajev Nazarbaïev Nazarbáyev Nazarbaiev Nasarbajew Nazarbajew
    Nazarbajevs Nazarbajevas Nazarbaýew Nazarbàiev Nazarbájev Nazarbayef
Токаев Тоқаев Tokayev Tokaev Tokajew Tokaïev Tokajev Toqayev Toqaev Tokáyev Tokajevs Tokaiev Tokáev Tokájev
    Toqaýew
Лукашенко Лукашенка Lukashenko Lukaschenko Loukachenko Łukaszenko Lukašenko Lukasjenko Lukasenko Lukashenka
    Lukaixenko Lukašenka Lucashenko
Бердымухамедов Бердімұхамедов Бердимухамедов Berdimuhamedow Berdymukhamedov Berdimuhamedov Berdymuchammedow
    Berdimoukhamedov Berdimuhamedovas Berdimuhammedov Berdymuchamiedow Berdîmuhamedov Berdımuhammedov
    Berdimuhamedovs Berdymoukhammedov Berdimukhamedov
Мирзиёев Мирзиеев Мирзияев Mirziyoyev Mirziyayev Mirsijojew Mirziyoev Mirziyóyev Mirzijojev Mirzijojew Mirzioïev
    Mirziojev Mirzíyoyev Mirzijoyev
Каримов Каримова Karimov Karimow Karimova Karímov Karimovs Karimovas Karimoff Carimov Kərimov
Жумабаев Zhumabaev Jumabaev Żumabajew Žumabajev Zsumabajev Schumabajew Joumabaïev Džumabajev Dzjoemabajev
    Zjoemabajev Zhumabáev Djumabaev Cumabayev
Кенжебек Кенджебек Kenzhebek Kenjebek Kenżebek Kenžebek Kenschebek Kencebek Kenzjebek Kenzsebek
Нурлыбек Нұрлыбек Nurlybek Nurlıbek Nourlybek Nurlibek Noerlybek Nūrlybek Nurłybek Nurlybiek
Айнур Айнұр Aynur Ainur Ajnur Aïnour Aynour Ainoer Aýnur Ainūr
Сайфулла Сайфуллоҳ Сейфолла Seifulla Sayfulla Saifullah Saïfoulla Sayfullo Seyfullah Sajfulla Sejfulla Saifulloh
    Sayfollah
Нурислам Нурислом Нұрислам Nurislam Nourislam Nurislom Nurisłam Nūrislam Noerislam
Абдурашид Әбдірашид Абдирашит Абдурашит Abdurashid Abdirashid Abdourachid Abdurraschid Abdurasyd Abdurachid
    Abdurasjid Abdurashit
Сулейман Сулаймон Сүлеймен Сулайман Suleiman Sulaiman Suleyman Sulayman Soleiman Süleyman Souleymane Suleïman
    Soliman Sulejman Soulaïmane Sulaymon
Мирлан Mirlan Mirłan Mirlán
Чолпон Шолпан Чулпан Cholpon Tscholpon Tcholpon Čolpon Czołpon Sholpan Chulpan Tsjolpon
Кубанычбек Kubanychbek Kubanıçbek Koubanytchbek Kubanytschbek Kubanyčbek Kubanyczbek Kubanichbek Koebanytsjbek
    Kubanicsbek
Эмилбек Emilbek Émilbek Emilbiek Emílbek
Жылдыз Zhyldyz Jyldyz Jıldız Żyłdyz Žyldyz Schyldys Zhildiz Djyldyz
Асылбек Асилбек Asylbek Asilbek Assylbek Asılbek Assilbek Asylbiek Aszilbek
Ерлан Yerlan Erlan Jerlan Ierlan Erłan Jerłan Yerlán Erlán
Еркебулан Еркебұлан Yerkebulan Erkebulan Jerkebulan Erkeboulan Erkebūlan Ierkebulan
Дархан Дарқан Darkhan Darhan Darchan Darxan Darkan Darján Darqan
Рахат Рақат Rakhat Rahat Rachat Raxat Raqat Raját
Кайрат Қайрат Kairat Kayrat Kajrat Kaïrat Qairat Qayrat Kairát
Маулен Мәулен Maulen Mäulen Mawlen Maoulen
Ақтоты Актоты Aktoty Aqtoty Aktotı Aktoti Aqtotı
Индира Індіра Indira Indyra Indeera Índira
Гаухар Гауһар Гавхар Gaukhar Gauhar Gauchar Gawhar Gavhar Gawxar Gaouhar Gauxar
Рысбек Ырысбек Rysbek Rısbek Risbek Rysbiek Ryszbek
Вячеслав Вячаслаў В'ячеслав Vyacheslav Viacheslav Wjatscheslaw Viatcheslav Vjačeslav Wiaczesław Vjacseszlav
    Vjatsjeslav Vyatcheslav
Людмила Людміла Lyudmila Liudmila Ljudmila Ludmila Ludmiła Lioudmila Ljudmyla Liudmyla Ludmilla
Ярослав Jaroslav Yaroslav Iaroslav Jarosław Jaroslaw Jaroszlav
Юлия Юлія Yulia Julia Yuliya Ioulia Julija Iuliia Yuliia Youlia Joelia
Татьяна Тетяна Tatiana Tatyana Tatjana Tat'yana Tatijana Tatiyana Tatyjana Tatjána
Щербаков Shcherbakov Scherbakov Schtscherbakow Chtcherbakov Szczerbakow Ščerbakov Scserbakov Sjtsjerbakov
    Şerbakov Shcherbakoff Štšerbakov
Ахмадшоев Аҳмадшоев Ahmadshoev Akhmadshoev Achmadschojew Ahmadshoyev Axmadshoyev Akhmadchoev
"""


def test_most_spellings_of_a_name_all_over_the_world_meet() -> None:
    shares = []
    for line in re.sub(r"\n +", " ", NAMES).strip().splitlines():
        pairs = list(combinations(dict.fromkeys(map(fold, line.split())), 2))
        met = [a for a, b in pairs if not set(name_keys(a)).isdisjoint(name_keys(b)) and same_name(a, b)]
        shares.append(len(met) / len(pairs))
    assert sum(shares) / len(shares) > 0.9
