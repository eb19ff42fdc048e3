/** The guests of a list, one a line: an address, or `Name <address>`. */
export function guestsFrom(text: string): { name: string; email: string }[] {
  return text
    .split(/[\n;,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const named = /^(.*?)\s*<([^<>]+)>$/.exec(line)
      const email = (named?.[2] ?? line).trim()
      return { name: named?.[1]?.trim() || email.slice(0, 200), email }
    })
}
