import { anyOf, LETTER } from './personal-data.text.ts';

/** Prefix of an amount of money. */
export const CURRENCY = '(?:usd|eur|tnd|dzd|lyd|xof|[$€£])';
const WORDS = [
  anyOf('litre, liter, ton, tonne, gram, gramme, kilo, kilogram, kilogramme, gallon, barrel, baril'),
  anyOf('metre, meter, kilometre, kilometer, hectare, acre, mile, feet, pied, m3, m2, km2, kwh'),
  anyOf('dinar, dollar, euro, franc, million, milliard, person, people, personne, passenger, passager'),
  anyOf('migrant, traveller, traveler, voyageur, refugee, réfugié, inhabitant, habitant, resident'),
  anyOf('vehicle, véhicule, truck, lorry, lorries, camion, cars, voiture, crossing, passage, animal'),
  anyOf('head, tête, sheep, mouton, goat, camel, cigarette, carton, packet, paquet, pack, box, boxes'),
  anyOf('round, cartouche, cartridge, bullet, munition, pill, tablet, comprimé, capsule, cachet, dose'),
  anyOf('unit, unité, piece, pièce, bag, sac, bottle, bouteille, item, article, caisse, jerrycan, bidon'),
].join('|');
const ABBREVIATIONS =
  '(?:l|hl|kg|g|t|km|m|cm|mm|ft|nm|ha|da|dt|dl|mw|[kmg]?hz|tnd|dzd|lyd|usd|eur|cfa|[%€$£°])';
const ARABIC_WORDS = anyOf(
  'لتر, ليتر, طن, غرام, كيلوغرام, كغ, كلغ, كيلومتر, كلم, كم, متر, م, هكتار, برميل, ميغاهرتز, دينار',
  'دولار, يورو, مليون, شخص, أشخاص, مسافر, مهاجر, لاجئ, نازح, نسمة, ساكن, عابر, عملية عبور, علبة',
  'صندوق, كيس, قرص, حبة, كبسولة, طلقة, خرطوشة, رصاصة, سيجارة, قطعة, وحدة, رأس, قارورة, مركبة, سيارة',
  'شاحنة, عربة',
);

/** Unit or counted thing after a number. */
export const UNIT = `(?:(?:${WORDS})s?|${ABBREVIATIONS}|${ARABIC_WORDS}(?:ا|ات|ين)?)(?![${LETTER}'])`;
