/** A text in lines of at most `width` code points; those after the first are set in two deeper. A word that is longer stands alone, and stays whole: it may be a command. */
export function wrapText(text: string, width: number): readonly string[] {
  const [margin = ''] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  let line = margin;
  for (const word of text.slice(margin.length).split(' ')) {
    const longer = line.trim() === '' ? `${line}${word}` : `${line} ${word}`;
    if (line.trim() !== '' && Array.from(longer).length > width) {
      lines.push(line);
      line = `${margin}  ${word}`;
    } else line = longer;
  }
  return [...lines, line];
}
