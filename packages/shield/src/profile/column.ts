import type { Typer } from '../detect/type-of.ts'
import { hashWord } from '../names/fold.ts'
import { ENGLISH, FAMILY, FRENCH, type Gazetteer, GERMAN, GIVEN, HARMLESS, PLACE } from '../names/gazetteer.ts'

/** So many values of a column are looked at: enough for a share of one in a thousand, little enough to wait for. */
const MOST = 5_000

/** A check that more than a tenth of random values pass is none. */
const CHECKED = 0.1

const encoder = new TextEncoder()

/** What the values of a column look like, counted over a sample. */
export class ColumnSample {
  /** Looked at, without the empty ones. */
  values = 0
  empty = 0
  /** By index of the typer's detectors. */
  readonly hits: Uint32Array
  readonly different = new Set<string>()
  words = 0
  length = 0
  numbers = 0
  /** Only letters and what stands between them, at most four words. */
  wordy = 0
  capitalised = 0
  /** In which years the values lie that name one, and how many lie in each. */
  readonly years = new Map<number, number>()
  /** Of the words of wordy values: all in capitals, as codes are. */
  capitals = 0
  /** Some identifier with a check takes it. */
  identified = 0
  /** Of the words of wordy values. */
  tokens = 0
  given = 0
  family = 0
  places = 0
  common = 0

  constructor(detectors: number) {
    this.hits = new Uint32Array(detectors)
  }

  get isFull(): boolean {
    return this.values >= MOST
  }

  /** Takes in one decoded value. */
  add(bytes: Uint8Array, start: number, end: number, typer: Typer, names: Gazetteer, found: Uint16Array): void {
    const text = new TextDecoder().decode(bytes.subarray(start, end)).trim()
    if (text === '') {
      this.empty += 1
      return
    }
    this.values += 1
    this.different.add(text)
    this.length += text.length
    const words = text.split(/\s+/u)
    this.words += words.length
    if (/^[+-]?[\d.,\s]+[%€$£]?$/u.test(text)) this.numbers += 1
    this.#year(text)
    this.#detect(typer, found, typer.typesOf(bytes, start, end, found))
    if (words.length <= 4 && /^[\p{L}\p{M}.,'’´`\-\s/&()]+$/u.test(text)) this.#wordy(words, names)
  }

  #year(text: string): void {
    const year = Number(/(?<!\d)(?:1[89]|20)\d\d(?!\d)/u.exec(text)?.[0] ?? 0)
    if (year > 0) this.years.set(year, (this.years.get(year) ?? 0) + 1)
  }

  #detect(typer: Typer, found: Uint16Array, count: number): void {
    let identified = false
    for (let index = 0; index < count; index += 1) {
      const detector = found[index] ?? 0
      this.hits[detector] = (this.hits[detector] ?? 0) + 1
      const { family, chance } = typer.detectors[detector] ?? { family: 'structure', chance: 1 }
      identified ||= family === 'identifier' && chance <= CHECKED
    }
    if (identified) this.identified += 1
  }

  #wordy(words: readonly string[], names: Gazetteer): void {
    this.wordy += 1
    if (words.every((word) => /^(?:\p{Lu}|von|van|de|der|den|zu|du|la|le|el|al|bin|da|dos|y|und|d['’])/u.test(word)))
      this.capitalised += 1
    for (const word of words.flatMap((each) => each.split(/[-,'’]/u))) {
      if (word.length < 2) continue
      const bytes = encoder.encode(word)
      const flags = names.flags(hashWord(bytes, 0, bytes.length))
      this.tokens += 1
      if (word === word.toUpperCase()) this.capitals += 1
      if ((flags & GIVEN) !== 0) this.given += 1
      if ((flags & FAMILY) !== 0) this.family += 1
      if ((flags & PLACE) !== 0) this.places += 1
      if ((flags & (GERMAN | ENGLISH | FRENCH | HARMLESS)) !== 0) this.common += 1
    }
  }
}
