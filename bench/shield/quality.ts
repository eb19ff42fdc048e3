import { createSecretKey } from 'node:crypto'
import { makeFinder } from '../../packages/shield/src/detect/find.ts'
import { makeDetectors, textDetectors } from '../../packages/shield/src/detect/registry.ts'
import { createNonce, openInput, profile, run } from '../../packages/shield/src/index.ts'
import { rowsOf } from '../../packages/shield/src/input/sniff.ts'
import { makeTextEngine } from '../../packages/shield/src/text/makeTextEngine.ts'
import { rounded, type Row } from '../table.ts'
import { makeSamples, type Sample } from './corpus.ts'
import { tableOf } from './files.ts'
import { peer } from './peers.ts'
import { score, type Share } from './score.ts'
import { findWith } from './text.ts'

type Half = 'development' | 'heldOut'

const percent = (share: Share | undefined): number =>
  share === undefined || share.all === 0 ? Number.NaN : (100 * share.found) / share.all

const halves = [
  ['heldOut', 'names, templates and headers that nothing was adjusted to'],
  ['development', 'the half that the engine was written with'],
] as const

const checked = ['email', 'mail', 'iban', 'card', 'national', 'identifier']

/** How right: what is left of planted values, what is lost of the rest. */
export async function quality(samples: number): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const [half, note] of halves) {
    rows.push({
      what: `${half}: planted values left in typed columns`,
      value: await leftInTable(half),
      unit: 'values',
      bar: '0',
      note: `${note}; the plan is the suggested one`,
    })
    rows.push(...textRows(half, makeSamples(samples, half, 77)))
  }
  rows.push(...(await peerRows(makeSamples(Math.min(samples, 600), 'heldOut', 78))))
  return rows
}

/** Values of typed columns that the output still has, of 5,000 records, with the plan that a look suggests. */
export async function leftInTable(half: Half): Promise<number> {
  const pieces = tableOf(5_000, half, 99)
  const bytes = new TextEncoder().encode(pieces.map(({ text }) => text).join(''))
  const input = await openInput(once(bytes))
  const plan = await profile(input, undefined)
  const out: string[] = []
  const key = { secret: createSecretKey(new Uint8Array(32).fill(3)), tenant: 'bench', document: createNonce() }
  const decoder = new TextDecoder()
  await run({
    input: input.begun,
    plan,
    key,
    threads: 0,
    sink: async (block) => await Promise.resolve(void out.push(decoder.decode(block, { stream: true }))),
  })
  // Notes are the last column, and judged as text. A short value stands anywhere by chance.
  const [header = [], ...records] = rowsOf(out.join(''), half === 'heldOut' ? ';' : ',')
  return records.reduce((left, cells, record) => {
    const typed = cells.slice(0, header.length - 1).join('\n')
    const planted = pieces[record + 1]?.gold.filter((line) => !line.startsWith('notes.')) ?? []
    return (
      left +
      planted
        .map((line) => line.slice(line.indexOf('\t') + 1))
        .filter((value) => value.length > 4 && typed.includes(value)).length
    )
  }, 0)
}

async function* once(bytes: Uint8Array) {
  yield await Promise.resolve(bytes)
}

function textRows(half: Half, samples: readonly Sample[]): Row[] {
  const result = score(samples, findWith(makeTextEngine(makeFinder(textDetectors(makeDetectors())))))
  const types = [...result.recall].filter(([type]) => checked.some((each) => type.includes(each)))
  const sum = types.reduce((total, [, { found, all }]) => ({ found: total.found + found, all: total.all + all }), {
    found: 0,
    all: 0,
  })
  const row = (what: string, share: Share | undefined, bar: string): Row => ({
    what: `${half}: ${what}`,
    value: rounded(percent(share)),
    unit: '%',
    bar,
    note: `${share?.found ?? 0} of ${share?.all ?? 0}`,
  })
  return [
    row('identifiers, mail, IBAN, card found in text', sum, 'at least 99, aim 99.9'),
    row('names of the record found', result.recall.get('name linked'), 'at least 98, aim 99.9'),
    row('names of others found', result.recall.get('name unlinked'), 'at least 70, aim 85'),
    row('harmless words destroyed', result.destroyed, 'at most 5, aim 2'),
    row('decoys kept', result.decoysKept, 'at least 99'),
  ]
}

type Redact = (text: string) => Promise<string> | string

/** The peers on the same texts, in their default configuration; a value counts as found when it stands there whole no more. */
async function peerRows(samples: readonly Sample[]): Promise<Row[]> {
  const rows: Row[] = []
  const engine = findWith(makeTextEngine(makeFinder(textDetectors(makeDetectors()))))
  const own = (sample: Sample): string => cut(sample.text, engine(sample, false))
  rows.push(await beside('art32', samples, own))
  for (const [name, make] of Object.entries(peers)) {
    const redact = await make()
    if (redact === undefined)
      rows.push({ what: `beside: ${name}`, value: null, unit: '%', note: 'could not be installed' })
    else rows.push(await beside(name, samples, async ({ text }) => await redact(text)))
  }
  return rows
}

const cut = (text: string, marks: Uint8Array): string =>
  Array.from({ length: text.length }, (_, at) => (marks[at] === 1 ? ' ' : text.charAt(at))).join('')

const peers: Readonly<Record<string, () => Promise<Redact | undefined>>> = {
  async openredaction() {
    const loaded = await peer<{ OpenRedaction: new () => { detect(text: string): Promise<{ redacted: string }> } }>(
      'openredaction',
    )
    if (loaded === undefined) return undefined
    const redactor = new loaded.OpenRedaction()
    return async (text) => (await redactor.detect(text)).redacted
  },
  async 'redact-pii'() {
    const loaded = await peer<{ SyncRedactor: new () => { redact(text: string): string } }>('redact-pii')
    if (loaded === undefined) return undefined
    const redactor = new loaded.SyncRedactor()
    return (text) => redactor.redact(text)
  },
  async '@redactpii/node'() {
    const loaded = await peer<{ Redactor: new () => { redact(text: string): string } }>('@redactpii/node')
    if (loaded === undefined) return undefined
    const redactor = new loaded.Redactor()
    return (text) => redactor.redact(text)
  },
}

async function beside(
  name: string,
  samples: readonly Sample[],
  redact: (sample: Sample) => Promise<string> | string,
): Promise<Row> {
  const found = { found: 0, all: 0 }
  const lost = { found: 0, all: 0 }
  const cpu = process.cpuUsage()
  let bytes = 0
  for (const sample of samples) {
    const text = await redact(sample)
    bytes += sample.text.length
    for (const gold of sample.gold.filter(({ type }) => type !== 'decoy')) {
      found.all += 1
      if (!text.includes(sample.text.slice(gold.start, gold.end))) found.found += 1
    }
    countLost(sample, text, lost)
  }
  const { user, system } = process.cpuUsage(cpu)
  return {
    what: `beside: ${name}`,
    value: rounded(percent(found)),
    unit: '% found',
    note: `${rounded(percent(lost))} % of harmless words destroyed, ${rounded(bytes / (user + system))} MB per second of a processor`,
  }
}

/** Words that are nobody's and are not in the output any more. */
function countLost(sample: Sample, text: string, lost: Share): void {
  const owned = new Uint8Array(sample.text.length)
  for (const gold of sample.gold) owned.fill(1, gold.start, gold.end)
  const left = new Map<string, number>()
  for (const [word] of text.matchAll(/[\p{L}\p{N}]+/gv)) left.set(word, (left.get(word) ?? 0) + 1)
  for (const { 0: word, index } of sample.text.matchAll(/[\p{L}\p{N}]+/gv)) {
    if (owned.subarray(index, index + word.length).includes(1)) continue
    lost.all += 1
    const count = left.get(word) ?? 0
    if (count === 0) lost.found += 1
    else left.set(word, count - 1)
  }
}
