/** The words of a command line as a shell would see them: quotes group, and nothing is expanded. Undefined when a quote is not closed. */
export function splitWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const found = /^(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/s.exec(rest);
    if (found === null || !/^(\s|$)/.test(rest.slice(found[0].length))) return undefined;
    words.push(unquote(found[0]));
    rest = rest.slice(found[0].length).trimStart();
  }
  return words;
}

function unquote(word: string): string {
  return word.replaceAll(
    /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/gs,
    (_all, escaped?: string, single?: string, double?: string) => escaped ?? single ?? (double ?? '').replaceAll(/\\(["\\$`])/g, '$1'),
  );
}
