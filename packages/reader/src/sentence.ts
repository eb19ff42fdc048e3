/** Words after which a full stop does not end a sentence, without the stop. */
const ABBREVIATIONS = new Set(
  (
    'z b d h u a o ä i s v bzw ca vgl ggf evtl inkl exkl zzgl abs art nr lit ziff gem bzgl usw etc max min mind sog st str tel bspw tägl ' +
    'e g i eg ie acc lt insb insbes cf approx incl excl no vs dr prof inc ltd co corp mr ms mrs para sec fig vol resp sr jr dept'
  ).split(' '),
)

/**
 * Splits prose into sentences. A stop ends one unless it follows an abbreviation, a single letter or a number, or the
 * next word is in lower case. Linear in the length of the text.
 */
export function sentences(text: string): string[] {
  const found: string[] = []
  let from = 0
  for (const stop of text.matchAll(/[.!?…](?=["”“»)\]]?\s)/g)) {
    const end = stop.index + 1
    if (stop[0] === '.' && !endsSentence(text, stop.index)) continue
    found.push(text.slice(from, end))
    from = end
  }
  found.push(text.slice(from))
  return found.map((one) => one.trim()).filter((one) => one !== '')
}

function endsSentence(text: string, stop: number): boolean {
  const before = /[\p{L}\d]{1,12}$/u.exec(text.slice(Math.max(0, stop - 12), stop))?.[0] ?? ''
  if (ABBREVIATIONS.has(before.toLowerCase())) return false
  const next = /^["”“»)\]]?\s+["“„«(]?(\S)/u.exec(text.slice(stop + 1, stop + 12))?.[1] ?? ''
  if (/^\d{1,2}$/.test(before)) return false
  return !/\p{Ll}/u.test(next)
}
