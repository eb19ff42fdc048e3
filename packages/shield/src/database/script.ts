import type { Client } from 'pg'
import type { Sink } from '../engine/run.ts'
import { copyOut, type Filling } from './copy.ts'
import { quoted } from './connect.ts'
import type { TableWork } from './prepare.ts'

/** The rows of all tables as one script, as pg_dump writes it: what the engine reads. */
export async function* scriptOf(source: Client, works: readonly TableWork[]): AsyncGenerator<Uint8Array> {
  for (const work of works) {
    const { table, columns, filled } = work
    // Names of columns stand behind that of the table, as plans have them.
    const own = (place: string) => place.slice(table.place.length + 1)
    const takesNoNull = filled.length === 0 ? '' : ` WITH (FORCE_NOT_NULL (${filled.map(own).join(', ')}))`
    yield Buffer.from(
      `COPY ${table.place} (${columns.map(({ place }) => own(place)).join(', ')}) FROM stdin${takesNoNull};\n`,
    )
    yield* copyOut(source, `copy (${selectOf(work)}) to stdout`)
    yield Buffer.from(END)
  }
}

export function selectOf({ table, columns }: Pick<TableWork, 'table' | 'columns'>): string {
  const list = columns.map(({ expression, name }) => `${expression} as ${quoted(name)}`).join(', ')
  // Rows of tables that inherit are those tables' own.
  return `select ${list} from ${table.isPartitioned ? '' : 'only '}${quoted(table.schema)}.${quoted(table.name)}`
}

const END = '\\.\n'
const LF = 10

/** Cuts what the engine wrote into the rows of each table again; `open` begins the next one. */
export function scriptSink(open: () => Promise<Filling>): { sink: Sink; isWhole: () => boolean } {
  let filling: Filling | undefined
  let isFirst = false
  let kept: Buffer = Buffer.alloc(0)

  async function end(): Promise<void> {
    await filling?.finish()
    filling = undefined
  }

  /** Works on bytes from `at`; where the next ones go on, or -1 where more bytes are needed to tell. */
  async function step(bytes: Buffer, at: number): Promise<number> {
    if (filling === undefined) {
      const line = bytes.indexOf(LF, at)
      if (line < 0) return -1
      filling = await open()
      isFirst = true
      return line + 1
    }
    if (isFirst) {
      if (bytes.length - at < END.length) return -1
      isFirst = false
      if (bytes.toString('latin1', at, at + END.length) === END) {
        await end()
        return at + END.length
      }
    }
    // A row that is nothing but \. is the end; in values a backslash has another before it.
    const found = bytes.indexOf(`\n${END}`, at)
    const until = found >= 0 ? found + 1 : Math.max(at, bytes.length - END.length)
    await filling.write(bytes.subarray(at, until))
    if (found < 0) return until === bytes.length || until === at ? -1 : until
    await end()
    return found + 1 + END.length
  }

  return {
    sink: async (more) => {
      const bytes =
        kept.length === 0 ? Buffer.from(more.buffer, more.byteOffset, more.length) : Buffer.concat([kept, more])
      let at = 0
      while (at < bytes.length) {
        const next = await step(bytes, at)
        if (next < 0) break
        at = next
      }
      kept = Buffer.from(bytes.subarray(at))
    },
    isWhole: () => filling === undefined && kept.length === 0,
  }
}
