// Unicode TR 9: inside a right-to-left sentence a Latin value is isolated, so that its own signs keep their order.
const LEFT_TO_RIGHT = '\u2066';
const END = '\u2069';

/** What is isolated already, or a stretch without Arabic letters. */
const STRETCH = /\u2066[^\u2069]*\u2069|[^\u0590-\u08ff\u2066\u2069]+/g;
/** Blanks and signs of the sentence around a value. A sign before a value ends with a blank: `..` and `/x` are values. */
const AROUND = /^((?:[:.;,!?]*\s|[«\s])*)([\s\S]*?)([\s:.;,!?»]*)$/;

/** The text with each Latin value, number with signs and code isolated. */
export const isolated = (text: string): string =>
  text.replace(STRETCH, (stretch) => (stretch.startsWith(LEFT_TO_RIGHT) ? stretch : isolatedValue(stretch)));

function isolatedValue(stretch: string): string {
  const [, before = '', value = '', after = ''] = AROUND.exec(stretch)!;
  if (!mayTurn(value)) return stretch;
  // a bracket whose other half stands beyond the value belongs to the sentence
  const isOpen = isUnbalanced(value, '(', ')');
  const isClosed = isUnbalanced(value, ')', '(');
  const [first, last] = [value.at(0)!, value.at(-1)!];
  if ((isOpen && first === '(') || (isClosed && first === ')'))
    return before + first + isolatedValue(value.slice(1)) + after;
  if ((isOpen && last === '(') || (isClosed && last === ')'))
    return before + isolatedValue(value.slice(0, -1)) + last + after;
  return before + LEFT_TO_RIGHT + value + END + after;
}

/** Letters, and digits beside signs; a plain number stays as it is. */
const mayTurn = (value: string): boolean =>
  /\p{L}/u.test(value) || /\d\S*[^\d\s]|[^\d\s]\S*\d|[[\]{}<>=*/_#]/.test(value);

const isUnbalanced = (value: string, more: string, fewer: string): boolean =>
  value.split(more).length > value.split(fewer).length;
