/** Number words in English, French and Arabic, without accents. */
export const UNITS = `zero oh nought one two three four five six seven eight nine un une deux trois quatre cinq sept huit neuf
صفر واحد واحدة اثنان اثنين اثنا إثنان إثنين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان ثماني ثمانية تسع تسعة`;

export const TEENS = `ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
dix onze douze treize quatorze quinze seize عشر عشرة`;

export const TENS = `twenty thirty forty fourty fifty sixty seventy eighty ninety vingt vingts trente quarante cinquante soixante septante huitante
octante nonante عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين`;

export const HUNDREDS = `hundred cent cents مائة مئة مية مائتان مئتان مئتين مائتين ثلاثمائة ثلاثمئة أربعمائة أربعمئة خمسمائة خمسمئة ستمائة ستمئة سبعمائة
سبعمئة ثمانمائة ثمانمئة تسعمائة تسعمئة`;

export const REPEATERS = `double triple`;

/** Between the words of one number. */
export const NUMBER_LINKS = `and et plus then puis dash tiret space espace و`;
