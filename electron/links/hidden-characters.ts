/**
 * What a person cannot see, or what makes text look other than it is: controls but tab and new line, marks and
 * overrides of the writing direction, zero-width characters, tags, separators, private use (Unicode Technical Report 36).
 */
const hidden =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/u;

/** A joiner inside of an emoji, and the sign that asks for its coloured or its plain form. */
const emojiJoin = /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D(?=\p{Extended_Pictographic})/gu;
const emojiForm = /(?<=\p{Emoji})[\uFE0E\uFE0F]/gu;
/** Scripts that are misspelled without the joiners. */
const scriptJoin =
  /(?<=[\p{Script=Arabic}\p{Script=Bengali}\p{Script=Devanagari}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}])[\u200C\u200D]/gu;

/** Whether text from a stranger holds characters that a person would not see. Tab and new line are seen. */
export function hasHiddenCharacters(text: string): boolean {
  const visible = text
    .replace(emojiJoin, '')
    .replace(emojiForm, '')
    .replace(scriptJoin, '')
    .replaceAll(/[\n\t]/g, '');
  return hidden.test(visible);
}
