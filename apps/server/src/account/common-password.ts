/** Whose password it is to be: what somebody who knows them tries first. */
export interface PasswordOwner {
  readonly name: string
  readonly email: string
}

/** How much may stand around a common password and leave it one: `password2026!`. */
const mostAround = 8

let known: Promise<ReadonlySet<string>> | undefined

/**
 * Whether a password is among the first that anybody would try: a common one in any case of its letters, alone, repeated,
 * or with a few digits and signs around it; or nothing but the person's own name, address or `art32`. The list ships
 * with art32 (zxcvbn-ts, nearly 50,000 passwords from leaks); nothing is asked over the network.
 *
 * @source NIST SP 800-63B-4, 3.1.1.2 (blocklists: corpuses, dictionary words, context-specific words)
 */
export async function isCommonPassword(password: string, owner: PasswordOwner): Promise<boolean> {
  const common = await (known ??= loadCommon())
  const folded = fold(password)
  const bare = shortestUnit(folded.replaceAll(/\s+/g, ''))
  if (bare.length < 4 || isSequence(bare)) return true
  const isKnown = (text: string) => common.has(text) || common.has(shortestUnit(text))
  if (isKnown(folded) || isKnown(bare)) return true
  const core = bare.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '')
  if (bare.length - core.length <= mostAround && isKnown(core)) return true
  return isOwn(bare, owner, isKnown)
}

async function loadCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'].map(fold))
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim()
}

/** `abcabcabc` → `abc`; a text that repeats nothing is its own unit. */
function shortestUnit(text: string): string {
  const length = (text + text).indexOf(text, 1)
  return length > 0 && length < text.length ? text.slice(0, length) : text
}

/** `abcdefghijkl`, `987654321098`: each character is the one before plus, or minus, one; 0 follows 9. */
function isSequence(text: string): boolean {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  const isDigits = /^\d+$/.test(text)
  return [1, -1].some((step) =>
    codes.every((code, at) => {
      const before = codes[at - 1]
      if (before === undefined) return true
      return code - before === step || (isDigits && (code - before + 10) % 10 === (step + 10) % 10)
    }),
  )
}

/** Whether hardly anything is left, or only a common password, once what everybody knows of the person is taken out. */
function isOwn(bare: string, { name, email }: PasswordOwner, isKnown: (text: string) => boolean): boolean {
  const words = [fold(email), ...fold(`${name} ${email} art32`).split(/[^\p{L}\p{N}]+/u)]
    .filter((word) => word.length >= 3)
    .toSorted((a, b) => b.length - a.length)
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), bare)
  if (rest === bare) return false
  const letters = rest.replaceAll(/[^\p{L}]/gu, '')
  return letters.length < 4 || isKnown(letters)
}
