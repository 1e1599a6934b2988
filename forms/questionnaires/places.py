#!/usr/bin/env python3
"""Writes lists/countries.csv, lists/admin1.csv and lists/admin2.csv.

Codes come from the distribution's iso-codes package (ISO 3166-1 and 3166-2), country names from its
gettext catalogues. The catalogues of ISO 3166-2 are too patchy to be read aloud (no Arabic at all, a third
of the Turkish, wrong entries in French and Dutch), so names of regions and provinces are kept here, where a
native reader can correct them. README.md says what was corrected and why.

Run it where iso-codes is installed; its output is committed, so nobody needs to run it to use the lists.
"""

import csv
import gettext
import json
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
ISO = Path("/usr/share/iso-codes/json")
CATALOGUES = "/usr/share/locale"

LANGUAGES = {
    "en": "label::English (en)",
    "fr": "label::Français (fr)",
    "ar": "label::العربية (ar)",
    "tr": "label::Türkçe (tr)",
    "nl": "label::Nederlands (nl)",
    "zgh": "label::ⵜⴰⵎⴰⵣⵉⵖⵜ (zgh)",
}
DRAFT = "fr,ar,tr,nl: draft, unchecked by a native reader; zgh: none"
DRAFT_ZGH = "fr,ar,tr,nl,zgh: draft, unchecked by a native reader"

FIRST = ["ma", "tr", "nl"]  # the countries of the study stand first

# Country names where the catalogue is missing, wrong, turned round ("Iran, Islamic Republic of") or written
# in another way than people say it. The order is en, fr, ar, tr, nl; None keeps the catalogue's name.
COUNTRY = {
    "ae": (None, None, "الإمارات العربية المتحدة", None, None),
    "aq": (None, None, "القارة القطبية الجنوبية", None, None),
    "as": (None, None, "ساموا الأمريكية", None, None),
    "ax": (None, "Îles Åland", None, None, None),
    "bd": (None, None, "بنغلاديش", None, None),
    "bf": (None, None, "بوركينا فاسو", None, None),
    "bn": ("Brunei", "Brunei", "بروناي", "Brunei", None),
    "bo": (None, None, None, None, "Bolivia"),
    "bt": (None, None, None, "Butan", None),
    "by": (None, "Biélorussie", "بيلاروسيا", None, "Belarus"),
    "bz": (None, None, "بليز", None, None),
    "cc": ("Cocos (Keeling) Islands", "Îles Cocos (Keeling)", "جزر كوكوس (كيلينغ)", None, None),
    "cd": ("Democratic Republic of the Congo", None, "جمهورية الكونغو الديمقراطية", None,
           "Democratische Republiek Congo"),
    "cf": (None, None, "جمهورية أفريقيا الوسطى", None, None),
    "cg": ("Republic of the Congo", None, "جمهورية الكونغو", "Kongo Cumhuriyeti", "Republiek Congo"),
    "cw": (None, None, "كوراساو", None, None),
    "cx": (None, "Île Christmas", "جزيرة كريسماس", None, None),
    "dk": (None, None, "الدنمارك", None, None),
    "fk": (None, "Îles Malouines (Falkland)", "جزر فوكلاند (مالفيناس)", None, None),
    "fm": ("Micronesia", "Micronésie", "ميكرونيزيا", "Mikronezya", "Micronesia"),
    "fo": (None, None, "جزر فارو", None, None),
    "ge": (None, None, None, None, "Georgië"),
    "gf": (None, None, "غويانا الفرنسية", None, None),
    "gg": (None, None, "غيرنزي", None, None),
    "gl": (None, "Groenland", None, None, None),
    "gp": (None, None, "غوادلوب", None, None),
    "gq": (None, "Guinée équatoriale", None, None, None),
    "gu": (None, None, "غوام", None, None),
    "gy": (None, None, "غيانا", None, None),
    "hm": (None, None, "جزيرة هيرد وجزر ماكدونالد", None, None),
    "hu": (None, None, "المجر", None, None),
    "im": (None, None, "جزيرة مان", None, "Man"),
    "io": (None, None, "إقليم المحيط الهندي البريطاني", None, None),
    "ir": ("Iran", "Iran", "إيران", "İran", "Iran"),
    "kg": (None, None, "قيرغيزستان", None, None),
    "kp": ("North Korea", "Corée du Nord", "كوريا الشمالية", "Kuzey Kore", "Noord-Korea"),
    "kr": ("South Korea", "Corée du Sud", "كوريا الجنوبية", "Güney Kore", "Zuid-Korea"),
    "ky": (None, None, "جزر كايمان", None, None),
    "la": ("Laos", "Laos", "لاوس", "Laos", "Laos"),
    "lt": (None, None, "ليتوانيا", None, None),
    "ma": ("Morocco", "Maroc", "المغرب", "Fas", "Marokko"),
    "md": ("Moldova", "Moldavie", "مولدوفا", "Moldova", "Moldavië"),
    "me": (None, None, "الجبل الأسود", None, None),
    "mh": (None, None, "جزر مارشال", None, None),
    "mm": (None, "Myanmar (Birmanie)", None, None, None),
    "mo": (None, "Macao", "ماكاو", None, None),
    "mt": (None, None, "مالطا", None, None),
    "nc": (None, None, "كاليدونيا الجديدة", None, None),
    "ni": (None, None, "نيكاراغوا", None, None),
    "nl": ("Netherlands", "Pays-Bas", "هولندا", "Hollanda", "Nederland"),
    "nz": (None, None, "نيوزيلندا", None, None),
    "om": (None, None, "عُمان", None, None),
    "pf": (None, None, "بولينيزيا الفرنسية", None, None),
    "pn": (None, None, "جزر بيتكيرن", None, None),
    "ps": ("Palestine", "Palestine", "فلسطين", "Filistin", "Palestina"),
    "re": (None, "La Réunion", None, None, None),
    "rs": (None, None, "صربيا", None, None),
    "ru": ("Russia", "Russie", "روسيا", "Rusya", "Rusland"),
    "sb": (None, "Îles Salomon", "جزر سليمان", None, None),
    "sh": (None, None, "سانت هيلينا وأسنسيون وتريستان دا كونا", None, None),
    "sr": (None, "Suriname", None, None, None),
    "st": (None, None, "ساو تومي وبرينسيبي", None, None),
    "sy": ("Syria", "Syrie", "سوريا", "Suriye", "Syrië"),
    "tc": (None, None, "جزر توركس وكايكوس", None, None),
    "tf": (None, None, "الأراضي الفرنسية الجنوبية", None, None),
    "tk": (None, None, "توكيلاو", None, None),
    "tl": (None, None, "تيمور الشرقية", None, None),
    "tr": ("Türkiye", "Turquie", "تركيا", "Türkiye", "Turkije"),
    "tz": ("Tanzania", "Tanzanie", "تنزانيا", "Tanzanya", "Tanzania"),
    "um": (None, None, "جزر الولايات المتحدة الصغيرة النائية", "ABD Küçük Dış Adaları", None),
    "va": ("Vatican City", "Vatican", "الفاتيكان", "Vatikan", "Vaticaanstad"),
    "ve": ("Venezuela", "Venezuela", "فنزويلا", "Venezuela", "Venezuela"),
    "vg": ("British Virgin Islands", None, "جزر العذراء البريطانية", None, "Britse Maagdeneilanden"),
    "vi": ("U.S. Virgin Islands", "Îles Vierges des États-Unis", "جزر العذراء الأمريكية",
           "ABD Virgin Adaları", "Amerikaanse Maagdeneilanden"),
    "vn": (None, None, "فيتنام", None, None),
    "ws": (None, None, "ساموا", None, None),
    "zw": (None, None, "زيمبابوي", None, None),
}
COUNTRY_ZGH = {"ma": "ⵍⵎⵖⵔⵉⴱ", "tr": "ⵜⵓⵔⴽⵢⴰ", "nl": "ⵀⵓⵍⴰⵏⴷⴰ"}

# Regions and provinces: Arabic, and the languages that write the name in another way than the code list.
REGION_MA = {
    "01": ("طنجة - تطوان - الحسيمة", {"tr": "Tanca-Tetuan-El Hoceima"}),
    "02": ("الشرق", {"en": "Oriental", "fr": "L’Oriental", "tr": "Şark (Oriental)", "nl": "Oriental"}),
    "03": ("فاس - مكناس", {"tr": "Fes-Meknes"}),
    "04": ("الرباط - سلا - القنيطرة", {"tr": "Rabat-Sale-Kenitra"}),
    "05": ("بني ملال - خنيفرة", {"tr": "Beni Mellal-Khenifra"}),
    "06": ("الدار البيضاء - سطات", {"tr": "Kazablanka-Settat"}),
    "07": ("مراكش - آسفي", {"tr": "Marakeş-Safi"}),
    "08": ("درعة - تافيلالت", {}),
    "09": ("سوس - ماسة", {}),
    "10": ("كلميم - واد نون", {}),
    "11": ("العيون - الساقية الحمراء", {}),
    "12": ("الداخلة - وادي الذهب", {}),
}
PROVINCE_MA = {
    "AGD": "أكادير إداوتنان", "AOU": "أوسرد", "ASZ": "آسا الزاك", "AZI": "أزيلال", "BEM": "بني ملال",
    "BER": "بركان", "BES": "بنسليمان", "BOD": "بوجدور", "BOM": "بولمان", "BRR": "برشيد",
    "CAS": "الدار البيضاء", "CHE": "شفشاون", "CHI": "شيشاوة", "CHT": "اشتوكة آيت باها", "DRI": "الدريوش",
    "ERR": "الرشيدية", "ESI": "الصويرة", "ESM": "السمارة", "FAH": "الفحص أنجرة", "FES": "فاس",
    "FIG": "فجيج", "FQH": "الفقيه بن صالح", "GUE": "كلميم", "GUF": "جرسيف", "HAJ": "الحاجب",
    "HAO": "الحوز", "HOC": "الحسيمة", "IFR": "إفران", "INE": "إنزكان آيت ملول", "JDI": "الجديدة",
    "JRA": "جرادة", "KEN": "القنيطرة", "KES": "قلعة السراغنة", "KHE": "الخميسات", "KHN": "خنيفرة",
    "KHO": "خريبكة", "LAA": "العيون", "LAR": "العرائش", "MAR": "مراكش", "MDF": "المضيق الفنيدق",
    "MED": "مديونة", "MEK": "مكناس", "MID": "ميدلت", "MOH": "المحمدية", "MOU": "مولاي يعقوب",
    "NAD": "الناظور", "NOU": "النواصر", "OUA": "ورزازات", "OUD": "وادي الذهب", "OUJ": "وجدة أنجاد",
    "OUZ": "وزان", "RAB": "الرباط", "REH": "الرحامنة", "SAF": "آسفي", "SAL": "سلا", "SEF": "صفرو",
    "SET": "سطات", "SIB": "سيدي بنور", "SIF": "سيدي إفني", "SIK": "سيدي قاسم", "SIL": "سيدي سليمان",
    "SKH": "الصخيرات تمارة", "TAF": "طرفاية", "TAI": "تاوريرت", "TAO": "تاونات", "TAR": "تارودانت",
    "TAT": "طاطا", "TAZ": "تازة", "TET": "تطوان", "TIN": "تنغير", "TIZ": "تزنيت", "TNG": "طنجة أصيلة",
    "TNT": "طانطان", "YUS": "اليوسفية", "ZAG": "زاكورة",
}
PROVINCE_MA_OTHER = {
    "CAS": {"tr": "Kazablanka"},
    "FES": {"tr": "Fes"},
    "MAR": {"tr": "Marakeş"},
    "MEK": {"tr": "Meknes"},
    "MOH": {"en": "Mohammedia", "fr": "Mohammédia", "tr": "Mohammedia", "nl": "Mohammedia"},
    "SAL": {"tr": "Sale"},
    "TAR": {"nl": "Taroudant"},
    "TET": {"tr": "Tetuan"},
    "TNG": {"tr": "Tanca-Asila"},
}
# The package puts these two provinces under another region than the decree 2-15-40 of 2015 does.
PARENT_MA = {"CHT": "09", "NOU": "06"}

PROVINCE_TR = dict(zip((f"{n:02}" for n in range(1, 82)), (
    "أضنة", "أديامان", "أفيون قره حصار", "آغري", "أماسيا", "أنقرة", "أنطاليا", "آرتفين", "آيدن",
    "بالق أسير", "بيلجك", "بينغول", "بتليس", "بولو", "بوردور", "بورصة", "جناق قلعة", "جانقري", "جوروم",
    "دنيزلي", "ديار بكر", "أدرنة", "إلازيغ", "أرزنجان", "أرضروم", "إسكي شهير", "غازي عنتاب", "غيرسون",
    "غوموش خانة", "هكاري", "هاتاي", "إسبرطة", "مرسين", "إسطنبول", "إزمير", "قارص", "قسطموني", "قيصري",
    "قرقلر إيلي", "قرشهر", "قوجه إيلي", "قونية", "كوتاهية", "ملاطية", "مانيسا", "كهرمان مرعش", "ماردين",
    "موغلا", "موش", "نوشهر", "نيغدة", "أوردو", "ريزة", "صقاريا", "سامسون", "سيرت", "سينوب", "سيواس",
    "تكيرداغ", "توقات", "طرابزون", "تونجلي", "شانلي أورفة", "عشاق", "وان", "يوزغات", "زونغولداق",
    "آق سراي", "بايبورت", "قرمان", "قيريق قلعة", "باتمان", "شرناق", "بارطن", "أردهان", "إغدير", "يالوفا",
    "قره بوك", "كلس", "عثمانية", "دوزجه")))
PROVINCE_TR_OTHER = {
    "34": {"en": "Istanbul", "fr": "Istanbul", "nl": "Istanbul"},
    "35": {"en": "Izmir", "fr": "Izmir", "nl": "Izmir"},
}

PROVINCE_NL = {
    "DR": ("درينته", {"fr": "Drenthe"}),
    "FL": ("فليفولاند", {}),
    "FR": ("فريسلاند", {"en": "Friesland", "fr": "Frise", "tr": "Frizya", "nl": "Friesland"}),
    "GE": ("خيلدرلاند", {"fr": "Gueldre"}),
    "GR": ("خرونينغن", {"fr": "Groningue"}),
    "LI": ("ليمبورخ", {"fr": "Limbourg"}),
    "NB": ("برابانت الشمالية", {"en": "North Brabant", "fr": "Brabant-Septentrional", "tr": "Kuzey Brabant"}),
    "NH": ("هولندا الشمالية", {"en": "North Holland", "fr": "Hollande-Septentrionale", "tr": "Kuzey Hollanda"}),
    "OV": ("أوفرآيسل", {}),
    "UT": ("أوتريخت", {}),
    "ZE": ("زيلاند", {"fr": "Zélande", "tr": "Zelanda"}),
    "ZH": ("هولندا الجنوبية", {"en": "South Holland", "fr": "Hollande-Méridionale", "tr": "Güney Hollanda"}),
}

ARABIC_MARKS = re.compile("[\u064b-\u0652]")


def load(part):
    return json.loads((ISO / f"iso_{part}.json").read_text(encoding="utf-8"))[part]


def without_tag(name):
    """'Laâyoune (EH)' -> 'Laâyoune': see README.md, 'Names the lists do not show'."""
    return re.sub(r" \(EH(-partial)?\)$", "", name)


def tidy(language, name):
    name = name.replace("'", "’")
    if language == "ar":
        name = ARABIC_MARKS.sub("", name).replace(" و ", " و")
    if language == "fr" and name.startswith("île"):
        name = "Î" + name[1:]
    return name


def order_key(name):
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def countries():
    catalogue = {language: gettext.translation("iso_3166-1", CATALOGUES, [language])
                 for language in ("fr", "ar", "tr", "nl")}
    rows = []
    for entry in load("3166-1"):
        code = entry["alpha_2"].lower()
        english = entry.get("common_name", entry["name"])
        own = dict(zip(("en", "fr", "ar", "tr", "nl"), COUNTRY.get(code, (None,) * 5)))
        names = {"en": own["en"] or tidy("en", english)}
        for language, translations in catalogue.items():
            found = translations.gettext(english)
            if found == english:
                found = translations.gettext(entry["name"])
            names[language] = own[language] or tidy(language, found)
        names["zgh"] = COUNTRY_ZGH.get(code, "")
        rows.append({"name": code, "iso_numeric": entry["numeric"], **names})
    rows.sort(key=lambda r: (FIRST.index(r["name"]) if r["name"] in FIRST else len(FIRST), order_key(r["en"])))
    return rows


def place(entry, country, arabic, other, **columns):
    own = tidy("en", without_tag(entry["name"]))
    names = {language: other.get(language, own) for language in ("en", "fr", "tr", "nl")}
    return {"name": entry["code"], "ar": arabic, "zgh": "", "country": country, "type": entry["type"].lower(),
            "iso_label": entry["name"], **names, **columns}


def subdivisions():
    first, second = [], []
    for entry in load("3166-2"):
        country, _, code = entry["code"].partition("-")
        if country == "MA" and code in REGION_MA:
            first.append(place(entry, "ma", *REGION_MA[code]))
        elif country == "MA":
            parent = PARENT_MA.get(code, entry["parent"].removeprefix("MA-"))
            second.append(place(entry, "ma", PROVINCE_MA[code], PROVINCE_MA_OTHER.get(code, {}),
                                parent=f"MA-{parent}"))
        elif country == "TR":
            first.append(place(entry, "tr", PROVINCE_TR[code], PROVINCE_TR_OTHER.get(code, {})))
        elif country == "NL" and code in PROVINCE_NL:
            first.append(place(entry, "nl", *PROVINCE_NL[code]))
    first.sort(key=lambda r: (FIRST.index(r["country"]), r["name"]))
    second.sort(key=lambda r: (r["parent"], order_key(r["fr"])))
    return first, second


def write(file, rows, columns):
    with open(HERE / "lists" / file, "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["name", "label", *LANGUAGES.values(), *columns, "x_translation"])
        for row in rows:
            table.writerow([row["name"], row["en"], *(row[language] for language in LANGUAGES),
                            *(row[column] for column in columns), DRAFT_ZGH if row["zgh"] else DRAFT])
    print(f"lists/{file}: {len(rows)} rows")


def main():
    if not (ISO / "iso_3166-2.json").exists():
        sys.exit("places.py: the package iso-codes is not installed (apt install iso-codes)")
    first, second = subdivisions()
    write("countries.csv", countries(), ["iso_numeric"])
    write("admin1.csv", first, ["country", "type", "iso_label"])
    write("admin2.csv", second, ["country", "parent", "type", "iso_label"])


if __name__ == "__main__":
    main()
