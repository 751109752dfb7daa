/** What a server answered: JSON as what it says, anything else as it stands. Health endpoints and proxies answer in plain text. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
