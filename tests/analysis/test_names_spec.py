"""Pairs of spellings that are one name and pairs that are two: the specification of the name matcher."""

from __future__ import annotations

import pytest

from analysis.names import name_keys, same_name
from analysis.tokens import fold

SAME = """
Тоқаев=Tokayev  Токаев=Toqaev  Tokajev=Токаев  Қасым=Kassym  Касым=Qasym  Жомарт=Jomart  Zhomart=Жомарт
Назарбаев=Nazarbayev  Нұрсұлтан=Nursultan  Нурсултан=Nūrsūltan  Жапаров=Japarov  Жапаров=Zhaparov
Джапаров=Japarov  Атамбаев=Atambayev  Жээнбеков=Jeenbekov  Жээнбеков=Zheenbekov  Текебаев=Tekebayev
Өмүрбек=Omurbek  Омурбек=Өмүрбек  Мирзиёев=Mirziyoyev  Мирзиёев=Мирзияев  Мирзиеев=Mirziyoev
Мирзиёев=Mirziyayev  Шавкат=Shavkat  Ғафур=Gafur  G‘afur=Гафур  Йўлдошев=Юлдашев  Yo‘ldoshev=Yuldashev
Тошкент=Tashkent  Toshkent=Ташкент  Ўткир=Уткир  O‘tkir=Utkir  Ҳошимов=Хашимов  Hoshimov=Хошимов
Раҳмон=Rahmon  Рахмон=Rakhmon  Эмомалӣ=Emomali  Ҷумъа=Jum'a  Ҷаҳонгир=Джахонгир  Хуҷанд=Khujand
Худжанд=Хуҷанд  Berdimuhamedow=Бердимухамедов  Berdymukhamedov=Berdimuhamedow  Gurbanguly=Гурбангулы
Garryýew=Гаррыев  Täçmyrat=Тачмырат  Hojamuhammet=Ходжамухаммет  Бақыт=Бахыт  Bakhyt=Бақыт  Bakyt=Бақыт
Bakyt=Bakhyt  Мұхтар=Mukhtar  Мухтар=Muhtar  Әблязов=Ablyazov  Аблязов=Abliazov  Аблязов=Äblyazov
Дәулет=Davlet  Даулет=Däulet  Dawlet=Даулет  Қонаев=Konayev  Өтеген=Utegen  Төлеген=Тулеген  Толеген=Tölegen
Шәріпов=Sharipov  Шарипов=Şäripov  Щербаков=Shcherbakov  Щербаков=Sherbakov  Чингиз=Chingiz  Çingiz=Чингиз
Юрий=Yuri  Юрий=Iurii  Юрий=Jurij  Сергей=Sergey  Sergei=Sergej  Дмитрий=Dmitry  Евгений=Yevgeny
Евгений=Evgenii  Ержан=Yerzhan  Erjan=Ержан  Еркін=Yerkyn  Erkin=Еркин  Жоробеков=Jorobekov
Сабаншиев=Sabanshiyev  Калеева=Kaleyeva  Әйгерім=Aigerim  Aygerim=Айгерим  Гүлнұр=Gulnur  Гульнур=Гүлнұр
Абдулла=Abdullah  Абдулла=Abdulla  Мәңгілік=Mangilik  Mangіlіk=Мангилик  Талғар=Talghar  Талгар=Talghar
Шымкент=Shymkent  Ярослав=Iaroslav  Яна=Yana  Ян=Jan  Мария=Mariya  Maria=Мария  Щукин=Ščukin  Цой=Tsoy
Цой=Tsoi  Максим=Maxim  Жаңаөзен=Zhanaozen  Жанаозен=Janaozen  Ысқақ=Ыскак  Yskak=Ысқақ  Боқаев=Bokayev
Қожа=Kozha  Ходжа=Khodja  Хожа=Khoja  Toqaeff=Токаев  Құрманғазы=Kurmangazy  Qūrmanğazy=Курмангазы
Ташиев=Tashiev  Tashiyev=Ташиев  Байжанов=Baizhanov  Baijanov=Байжанов  Bayzhanov=Baĭzhanov  Сәбит=Sabit
Сабит=Säbit  Жұмабаев=Zhumabayev  Джумабаев=Жұмабаев  Jumabaev=Джумабаев  Шоқан=Chokan  Ыбырай=Ybyrai
Ибрай=Ybyraı  Қайрат=Kairat  Qaırat=Кайрат  Kayrat=Қайрат  Мұрат=Murat  Ғалым=Galym  Ğalym=Галым
Ghalym=Галим  Бауыржан=Bauyrzhan  Baýyrjan=Бауыржан  Үмбетов=Umbetov  Ömer=Омер  Ахмедов=Akhmedov
Ahmedov=Ахмедов  Ахметжанов=Akhmetzhanov  Чыңгыз=Chyngyz  Чынгыз=Чыңгыз  Ташматов=Tashmatov
Toshmatov=Ташматов  Абдуллаев=Abdullayev  Абдуллоев=Абдуллаев  Abdulloyev=Абдуллаев  Шерзод=Sherzod
Шерзад=Шерзод  Дилноза=Dilnoza  Gʻulomov=Гуломов  G'ulomov=Гулямов  Қодиров=Кадыров  Qodirov=Кадиров
Ҳамид=Хамид  Hamid=Хамид  Xurshid=Хуршид  Xurshid=Khurshid
"""

DIFFERENT = """
Токаев≠Такиев  Токаев≠Тохтаев  Токаев≠Текеев  Tokayev≠Takayev  Омаров≠Умаров  Omarov≠Umarov  Омаров≠Амаров
Асанов≠Усанов  Азимов≠Узимов  Мурат≠Марат  Murat≠Marat  Мурат≠Мурад  Серик≠Сарик  Ержан≠Оржан  Айдар≠Хайдар
Асан≠Хасан  Алиев≠Валиев  Алиев≠Илиев  Каримов≠Керимов  Каримов≠Карымшаков  Ким≠Кем  Хан≠Кан
Назаров≠Назарбаев  Нурлан≠Нурлыбек  Серикжан≠Серик  Ермек≠Ерик  Айгуль≠Айгерим  Гульнара≠Гульмира
Алия≠Айлия  Дина≠Диана  Марина≠Мария  Мара≠Мария  Анна≠Анар  Данияр≠Данил  Бекешев≠Бекешов  Бекенов≠Бекешев
Жапаров≠Сапаров  Japarov≠Saparov  Жапаров≠Шапаров  Жумабаев≠Шумабаев  Чокин≠Шокин  Чокаев≠Шокаев
Зейнуллин≠Сейнуллин  Сериков≠Зериков  Асылбек≠Азылбек  Рахимов≠Рахманов  Рахмон≠Рахим  Rahmon≠Rahim
Тимур≠Темир  Тимур≠Темур  Темирлан≠Темирхан  Бауыржан≠Байжан  Батыр≠Батур  Болат≠Балат  Бекболат≠Болат
Кайрат≠Кайыр  Канат≠Кайнар  Талгат≠Талант  Талгат≠Толгат  Самат≠Сакен  Сатыбалдиев≠Сабатаев  Иманов≠Аманов
Усенов≠Асенов  Мусин≠Мысин  Ахметов≠Ахмедов  Мамытов≠Мамутов  Ибраев≠Ибраимов  Абаев≠Абеев  Абдиев≠Абдуев
Баев≠Боев  Мамаев≠Момаев  Исаев≠Усаев  Иса≠Муса  Юсупов≠Жусупов  Yusupov≠Zhusupov  Юсуф≠Юнус
Байжанов≠Байшанов  Жанар≠Жанат  Дархан≠Дарын  Сагынтаев≠Сатынтаев  Шаяхметов≠Ахметов  Тулеев≠Толеев
Чубаров≠Цубаров  Газиз≠Азиз  Тажиев≠Ташиев  Tashiyev≠Tazhiyev  Сабиров≠Сапаров  Сабит≠Сапит
Жумабеков≠Жумабаев  Кайратов≠Каратов  Каиров≠Каримов  Галымов≠Халымов  Баймуханов≠Баймуратов
Алимов≠Алымкулов  Алимов≠Олимов  Саидов≠Сеитов  Чынгыз≠Шынгыс  Ташматов≠Тошимов  Абдуллаев≠Абдыллаев
Шерзод≠Шерали  Дильноза≠Дильбар  Кадыров≠Кадиев  Хамид≠Ахмид  Хуршид≠Хурсанд  Зафар≠Сафар  Зафаров≠Сафаров
Джалолов≠Халолов  Джамиля≠Камиля  Оразов≠Аразов  Ниязов≠Наязов  Шукуров≠Чукуров  Чарыев≠Шарыев
Соколов≠Соколовский  Фёдоров≠Федорчук  Алексей≠Александр  Наталья≠Наталка  Татьяна≠Таисия  Ксения≠Сения
Царёв≠Сарёв  Жуков≠Чуков
"""

# Found among more spellings of the same kind: letters of Kazakh Latin 2017, 2018 and 2021, French, German, Czech press
MORE_SAME = """
Ким=Kim  Ли=Lee
Назарбаев=Nasarbajew  Назарбаев=Nazarbaïev  Жапаров=Dschaparow  Бердімұхамедов=Berdymuchamedow  Роза=Rosa
Токаев=Tokaïev  Атамбаев=Atambaïev  Мирзиёев=Mirsijojew  Рахмон=Rachmon  Чингиз=Tschingis  Шавкат=Chavkat
Жұмабаев=Žumabajev  Қасымов=Kasımov  Мұрат=Múrat  Жүсіпов=Jüsipov  Әлиев=Áliev  Қызғалдақ=Qyzǵaldaq  Ғани=G'ani
Ўринбоев=Urinbayev  Қосимов=Kasimov  Ҳакимов=Khakimov  Раҳмонов=Рахманов  Исмоилов=Исмаилов  Хўжаев=Ходжаев
Сапармырат=Saparmurat  Gurbanguly=Гурбангулы  Ýusup=Юсуп  Ataýew=Атаев  Меңли=Meňli  Çaryýew=Чарыев
Өмірбек=Омурбек  Тұрсынбек=Tursunbek  Әбдірахман=Абдурахман  Хабиболла=Khabibullah  Нұриддин=Нуруддин
Мұхаммед=Магомед  Ахмет=Ahmed  Жүсіп=Юсуф  Шыңғыс=Чингиз  Александр=Alexander  Сағынтаев=Sagintayev
"""

MORE_DIFFERENT = """
Ким≠киім  Ким≠кийим
Жапаров≠Шарапов  Данияр≠Динара  Нұрбек≠Нұрлан  Асқар≠Әсел  Бекназаров≠Назаров  Мамбетов≠Маматов  Kim≠Kem
Karimov≠Kerimov  Saidov≠Seitov  Болотбек≠Болатхан  Торобаев≠Торебеков  Эркин≠Эркен  Бакиев≠Бекиев  Садыр≠Сапар
Отунбаева≠Атамбаева  Rahimov≠Rahmanov  Сариев≠Шариев  Жеенбеков≠Бейшенбеков  Акаев≠Аскаров
"""


def pairs(text: str, mark: str) -> list[tuple[str, str]]:
    """The pairs of a list, folded."""
    return [(fold(a), fold(b)) for a, b in (pair.split(mark) for pair in text.split())]


@pytest.mark.parametrize(("a", "b"), pairs(SAME + MORE_SAME, "="))
def test_spellings_of_one_name_meet_in_a_key_and_are_accepted(a: str, b: str) -> None:
    assert not set(name_keys(a)).isdisjoint(name_keys(b))
    assert same_name(a, b) is not None


@pytest.mark.parametrize(("a", "b"), pairs(DIFFERENT + MORE_DIFFERENT, "≠"))
def test_names_that_only_look_alike_are_not_accepted(a: str, b: str) -> None:
    assert same_name(a, b) is None
