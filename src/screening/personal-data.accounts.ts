import { anyOf, LETTER } from './personal-data.text.ts';

const SITES = anyOf(
  'facebook.com, fb.com, fb.me, m.me, messenger.com, instagram.com, instagr.am, tiktok.com, twitter.com, x.com, t.co, t.me, telegram.me',
  'telegram.org, wa.me, chat.whatsapp.com, viber.com, snapchat.com, linkedin.com, vk.com, signal.me, signal.group, youtube.com, youtu.be',
  'discord.gg, discord.com, reddit.com, threads.net, pinterest.com, imo.im, skype.com, line.me, ok.ru, bsky.app',
);
const SERVICES = anyOf(
  'telegram, whatsapp, facebook, fb, messenger, instagram, insta, ig, tiktok, tik tok, twitter, snapchat, snap, signal, viber, skype, imo, discord, linkedin',
  'تيليغرام, تليغرام, تلغرام, تيليجرام, تلجرام, واتساب, واتس, فيسبوك, الفيسبوك, فايسبوك, انستغرام, انستقرام, انستجرام, تيك توك, تويتر, سناب, سناب شات, سنابشات, فايبر, سكايب, سيغنال',
);
const NOUNS = anyOf(
  'account, profile, profil, compte, pseudo, pseudonyme, username, user, handle, id, identifiant, user name, nick, nickname, name',
  'حساب, حسابه, حسابها, معرف, معرفه',
);
// letters with a digit, a dot or a sign within: no word of a sentence
const HANDLE = '[a-z][a-z\\d]*[._\\d-][a-z\\d._-]*';

const ACCOUNTS = [
  `(?<![${LETTER}\\d])${SITES}/[@#a-z\\d_+?-]`,
  '(?:viber|tg|whatsapp|skype|sgnl|fb|instagram|snapchat)://',
  // "@name", no e-mail address, no "@ km 12", no "@14:30"
  `(?<![${LETTER}\\d._-])@[a-z_][a-z\\d._]{2,}(?![a-z\\d]*@)`,
  // "Telegram : guide_sud", "insta zuwara.boats"
  `(?<![${LETTER}])${SERVICES}(?: ${NOUNS})? ?[:=] ?["«]?(?!//)@?[a-z][a-z\\d._-]{2,}`,
  `(?<![${LETTER}])${SERVICES}(?: ${NOUNS})? ["«]?@?${HANDLE}(?![${LETTER}])`,
  `(?<![${LETTER}])${NOUNS} ${SERVICES}(?:(?: باسم)? ?[:=«"] ?|(?: باسم) ?| )(?!${anyOf('of, de, du, des, page, group, posts, is, are, was, and, et, on, in, الوزاره')}(?![${LETTER}]))[${LETTER}]`,
  `(?<![${LETTER}])${SERVICES} ${NOUNS} ?[:=«"]? ?(?!${anyOf('of, de, du, des, page, is, are, was, and, et, on, in')}(?![${LETTER}]))[${LETTER}]`,
  `(?<![${LETTER}])(?:his|her|their|my|your|son|sa|leur|mon|ton|votre) ${SERVICES}(?![${LETTER}])`,
  `(?<![${LETTER}])${SERVICES}/[a-z\\d][a-z\\d._-]{2,}`,
  `(?<![${LETTER}])(?:pseudo|pseudonyme|username|user name|handle|screen name) ?[:=«"]? ?@?(?:${HANDLE}|(?<=[:=] ?)[a-z]{3,})`,
  'live:[a-z\\d._-]{3,}',
  `(?<![${LETTER}\\d])[a-z][a-z\\d._]{2,30}#\\d{4}(?!\\d)`,
];
const ACCOUNT = new RegExp(ACCOUNTS.join('|'));

/** Handles and links of messengers and social networks, of whomever they are. */
export const holdsAccount = (folded: string): boolean => ACCOUNT.test(folded);
