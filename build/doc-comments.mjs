/** Words that turn a description into a question or a clause; the reader looks for a noun or a verb. */
const REFUSED = ["What", "That", "Whom", "Whether", "Where", "How", "Who", "If", "Why"];

/** The first word of a doc comment; undefined for another comment and for one that begins with a tag. */
function firstWord({ type, value }) {
  if (type !== "Block" || !value.startsWith("*")) return undefined;
  return /^[*\s]*([A-Za-z]+)/.exec(value)?.[1];
}

/** ESLint's rule of the project: a doc comment begins with a noun or a verb. */
export const beginsWithNounOrVerb = {
  meta: {
    type: "suggestion",
    messages: { refused: 'Begin the doc comment with a noun or a verb, not with "{{word}}".' },
    schema: [],
  },
  create({ sourceCode, report }) {
    return {
      Program() {
        for (const comment of sourceCode.getAllComments()) {
          const word = firstWord(comment);
          if (REFUSED.includes(word)) {
            report({ loc: comment.loc, messageId: "refused", data: { word } });
          }
        }
      },
    };
  },
};
