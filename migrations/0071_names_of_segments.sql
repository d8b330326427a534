-- Segments have names in three languages, as every other place has. The rule behind them is in data/README.md.
-- USING gives the present rows their values without an UPDATE, whose triggers may be older than the tables here.
ALTER TABLE base.border ADD COLUMN unverified_items text[] NOT NULL DEFAULT '{}';
ALTER TABLE base.border ALTER COLUMN unverified_items TYPE text[]
  USING CASE WHEN names ->> 'ar' IS NOT NULL THEN '{French name,Arabic name}' ELSE '{}' END::text[];
COMMENT ON COLUMN base.border.unverified_items IS 'Properties that nobody has checked.';

ALTER TABLE base.segment ADD COLUMN names jsonb, ADD COLUMN unverified_items text[] NOT NULL DEFAULT '{}';
ALTER TABLE base.segment ALTER COLUMN names TYPE jsonb
  USING jsonb_build_object('en', name) || coalesce($${
  "DZA-TUN-01": {"fr": "Oum Teboul – Babouch", "ar": "أم الطبول – ببوش"},
  "DZA-TUN-02": {"fr": "Bou Hadjar – Fernana", "ar": "بوحجار – فرنانة"},
  "DZA-TUN-03": {"fr": "Ouled Moumen – Ghardimaou", "ar": "أولاد مومن – غار الدماء"},
  "DZA-TUN-04": {"fr": "El Haddada – Sakiet Sidi Youssef", "ar": "الحدادة – ساقية سيدي يوسف"},
  "DZA-TUN-05": {"fr": "El Meridj – Kalaat Senan", "ar": "المريج – قلعة سنان"},
  "DZA-TUN-06": {"fr": "Ras El Aïoun – Haïdra", "ar": "رأس العيون – حيدرة"},
  "DZA-TUN-07": {"fr": "Bouchebka", "ar": "بوشبكة"},
  "DZA-TUN-08": {"fr": "Bir El Ater – Majel Bel Abbès", "ar": "بئر العاتر – ماجل بلعباس"},
  "DZA-TUN-09": {"fr": "Bir El Ater – Moularès", "ar": "بئر العاتر – أم العرائس"},
  "DZA-TUN-10": {"fr": "Betita – Tamaghza", "ar": "بتيتة – تمغزة"},
  "DZA-TUN-11": {"fr": "Negrine – Chebika", "ar": "نقرين – الشبيكة"},
  "DZA-TUN-12": {"fr": "Taleb Larbi – Hazoua", "ar": "الطالب العربي – حزوة"},
  "DZA-TUN-13": {"fr": "El Oued – Nefta sud", "ar": "الوادي – جنوب نفطة"},
  "DZA-TUN-14": {"fr": "El Oued – Kebili nord", "ar": "الوادي – شمال قبلي"},
  "DZA-TUN-15": {"fr": "El Oued – Kebili sud", "ar": "الوادي – جنوب قبلي"},
  "DZA-TUN-16": {"fr": "El Oued – Tataouine", "ar": "الوادي – تطاوين"},
  "DZA-TUN-17": {"fr": "El Borma nord", "ar": "شمال البرمة"},
  "DZA-TUN-18": {"fr": "El Borma", "ar": "البرمة"},
  "DZA-TUN-19": {"fr": "El Borma sud", "ar": "جنوب البرمة"},
  "DZA-TUN-20": {"fr": "Ouargla – Tataouine sud", "ar": "ورقلة – جنوب تطاوين"},
  "DZA-TUN-21": {"fr": "Borj el-Khadra", "ar": "برج الخضراء"},
  "LBY-TUN-01": {"fr": "Ras Jedir – Ras Ajdir", "ar": "رأس جدير – رأس اجدير"},
  "LBY-TUN-02": {"fr": "Ben Gardane – Zaltan", "ar": "بن قردان – زلطن"},
  "LBY-TUN-03": {"fr": "Médenine – Nalut", "ar": "مدنين – نالوت"},
  "LBY-TUN-04": {"fr": "Dhehiba – Wazen", "ar": "ذهيبة – وازن"},
  "LBY-TUN-05": {"fr": "Dhehiba sud – Nalut", "ar": "جنوب ذهيبة – نالوت"},
  "LBY-TUN-06": {"fr": "Tataouine – Sinaoun nord", "ar": "تطاوين – شمال سيناون"},
  "LBY-TUN-07": {"fr": "Tataouine – Sinaoun", "ar": "تطاوين – سيناون"},
  "LBY-TUN-08": {"fr": "Tataouine – Derj", "ar": "تطاوين – درج"},
  "LBY-TUN-09": {"fr": "Borj el-Khadra – Ghadamès", "ar": "برج الخضراء – غدامس"},
  "DZA-LBY-01": {"fr": "Debdeb – Ghadamès", "ar": "الدبداب – غدامس"},
  "DZA-LBY-02": {"fr": "Debdeb sud – Ghadamès sud", "ar": "جنوب الدبداب – جنوب غدامس"},
  "DZA-LBY-03": {"fr": "Illizi – Nalut 1", "ar": "إليزي – نالوت 1"},
  "DZA-LBY-04": {"fr": "Illizi – Nalut 2", "ar": "إليزي – نالوت 2"},
  "DZA-LBY-05": {"fr": "Illizi – Wadi al-Chatii 1", "ar": "إليزي – وادي الشاطئ 1"},
  "DZA-LBY-06": {"fr": "Illizi – Wadi al-Chatii 2", "ar": "إليزي – وادي الشاطئ 2"},
  "DZA-LBY-07": {"fr": "Illizi – Ghat 1", "ar": "إليزي – غات 1"},
  "DZA-LBY-08": {"fr": "Illizi – Ghat 2", "ar": "إليزي – غات 2"},
  "DZA-LBY-09": {"fr": "Illizi – Ghat 3", "ar": "إليزي – غات 3"},
  "DZA-LBY-10": {"fr": "Illizi – Ghat 4", "ar": "إليزي – غات 4"},
  "DZA-LBY-11": {"fr": "Tarat", "ar": "تارات"},
  "DZA-LBY-12": {"fr": "Tarat sud", "ar": "جنوب تارات"},
  "DZA-LBY-13": {"fr": "Djanet – Ghat nord", "ar": "جانت – شمال غات"},
  "DZA-LBY-14": {"fr": "Djanet – Ghat", "ar": "جانت – غات"},
  "DZA-LBY-15": {"fr": "Tinalkoum – Issin", "ar": "تين الكوم – إيسين"},
  "DZA-LBY-16": {"fr": "Djanet – Ghat sud 1", "ar": "جانت – جنوب غات 1"},
  "DZA-LBY-17": {"fr": "Djanet – Ghat sud 2", "ar": "جانت – جنوب غات 2"},
  "DZA-LBY-18": {"fr": "Djanet – Ghat sud 3", "ar": "جانت – جنوب غات 3"},
  "DZA-LBY-19": {"fr": "Djanet – Mourzouq", "ar": "جانت – مرزق"},
  "DZA-LBY-20": {"fr": "Tripoint du Niger", "ar": "نقطة التقاء الحدود مع النيجر"}
}$$::jsonb -> id, '{}');
ALTER TABLE base.segment
  ALTER COLUMN unverified_items TYPE text[]
    USING CASE WHEN names ->> 'ar' IS NOT NULL THEN '{French name,Arabic name}' ELSE '{}' END::text[],
  ALTER COLUMN names SET NOT NULL,
  DROP COLUMN name;
COMMENT ON COLUMN base.segment.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.segment.name_basis IS 'Where the names come from.';
COMMENT ON COLUMN base.segment.unverified_items IS 'Properties that nobody has checked.';
