import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import {
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type RowGroup,
  snappyUncompress,
} from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { ShieldError } from '../error.ts'
import type { Ranges } from '../input/source.ts'
import type { Plan } from '../plan/plan.ts'
import { addValues, changedValue, type Place, type Tree, treeOf } from './parquet-tree.ts'
import type { RowFile } from './rows.ts'

/** Of one page and of one row group, unpacked; of one row group, values. */
const MOST_PAGE = 256 << 20
const MOST_GROUP = 1 << 30
const MOST_CELLS = 16_000_000
/** So many values are read at a time where the file has an index of its pages. */
const SLICE = 500_000
/** Rows and values of a group of the new file. */
const GROUP_ROWS = 100_000
const GROUP_CELLS = 1_000_000

/** What is known of a Parquet file, and its rows in slices. */
interface Reader {
  readonly tree: Tree
  /** The next rows, each an array of its columns' values; undefined at the end. */
  rows(): Promise<readonly (readonly unknown[])[] | undefined>
}

/**
 * A Parquet file, read by row groups. Columns are called as in its schema, what lies in a structure `user.mail`, in a
 * list `items[].mail`.
 *
 * What comes out is made anew: values only, no metadata of whoever wrote it, no statistics but its own. A column whose values are
 * replaced becomes text; where numbers and dates are kept, what cannot stay is left out.
 *
 * @throws ShieldError no Parquet file, damaged, too large to be held by row groups, or a plan that wants what cannot be read
 */
export async function openParquet(
  ranges: Ranges,
  plan: Plan | undefined,
  sink: (bytes: Uint8Array) => Promise<void>,
): Promise<RowFile & { readonly withheld: ReadonlySet<string> }> {
  const reader = await open(ranges, plan)
  const { tree } = reader
  const writer = new SinkWriter(sink)
  const out = plan === undefined ? undefined : new ParquetWriter({ writer, schema: tree.schema, createdBy: 'art32' })
  let rows: readonly (readonly unknown[])[] = []
  let at = 0
  let from = 0
  let waiting: unknown[][] = tree.names.map(() => [])

  async function flush(): Promise<void> {
    const [first] = waiting
    if (out === undefined || first === undefined || first.length === 0) return
    const columnData = tree.names.map((name, index) => ({ name, data: waiting[index] ?? [] }))
    await out.write({ columnData, rowGroupSize: first.length })
    waiting = tree.names.map(() => [])
  }

  return {
    columns: tree.columns,
    withheld: tree.withheld,
    async next(block) {
      block.clear()
      if (at === rows.length) {
        rows = (await reader.rows()) ?? []
        at = 0
      }
      from = at
      for (; at < rows.length && !block.isFull; at += 1) {
        const row = rows[at] ?? []
        for (const [index, node] of tree.nodes.entries()) addValues(node, row[index], block)
        block.endRecord()
      }
      return block.fields.records > 0
    },
    async put(changes) {
      const place: Place = { field: 0 }
      for (const row of rows.slice(from, at)) {
        for (const [index, node] of tree.nodes.entries()) {
          waiting[index]?.push(changedValue(node, row[index], place, changes))
        }
      }
      const count = waiting[0]?.length ?? 0
      if (count >= GROUP_ROWS || count * tree.columns.length >= GROUP_CELLS) await flush()
    },
    async end() {
      await flush()
      await out?.finish()
      await writer.flush()
    },
    close: async () => {},
  }
}

/** Gives away what was written after each row group. */
class SinkWriter extends ByteWriter {
  readonly #sink: (bytes: Uint8Array) => Promise<void>
  constructor(sink: (bytes: Uint8Array) => Promise<void>) {
    super(1 << 20)
    this.#sink = sink
  }

  async flush(): Promise<void> {
    if (this.index === 0) return
    await this.#sink(this.getBytes().slice())
    this.index = 0
  }
}

async function open(ranges: Ranges, plan: Plan | undefined): Promise<Reader> {
  const file = {
    byteLength: ranges.size,
    slice: async (start: number, end = ranges.size) => await ranges.read(start, Math.min(end, ranges.size)),
  }
  const metadata = await reading(async () => await parquetMetadataAsync(file, { geoparquet: false }))
  const tree = await reading(async () => await Promise.resolve(treeOf(parquetSchema(metadata), plan)))
  refuseWithheld(tree, plan)
  if (new Set(tree.names).size < tree.names.length)
    throw new ShieldError('Two columns of the Parquet file have one name.')
  const raw = withoutAnnotations(metadata)
  const slices = slicesOf(metadata, tree.columns.length)
  let next = 0
  return {
    tree,
    async rows() {
      const slice = slices[next]
      if (slice === undefined) return undefined
      next += 1
      let rows: readonly (readonly unknown[])[] = []
      await reading(
        async () =>
          await parquetRead({
            file,
            metadata: raw,
            ...slice,
            compressors,
            utf8: false,
            parsers: { timestampFromNanoseconds: (nanos) => nanos },
            onComplete: (read: readonly (readonly unknown[])[]) => {
              rows = read
            },
          }),
      )
      if (rows.length !== slice.rowEnd - slice.rowStart) throw damaged()
      return rows
    },
  }
}

function refuseWithheld({ withheld }: Tree, plan: Plan | undefined): void {
  for (const name of withheld) {
    const step = plan !== undefined && Object.hasOwn(plan.columns, name) ? plan.columns[name]?.do : 'quarantine'
    if (step !== 'quarantine' && step !== 'delete') {
      throw new ShieldError(
        `${name}: values of this kind (a map, a variant, bytes, a geometry) cannot be looked into. Let the plan say do: delete.`,
      )
    }
  }
}

/** Values are wanted as they lie there: what an annotation makes of them loses digits. */
function withoutAnnotations(metadata: FileMetaData): FileMetaData {
  const schema = metadata.schema.map((element) => {
    if (element.num_children !== undefined && element.num_children > 0) return element
    const { name, type, type_length, repetition_type } = element
    return {
      name,
      ...(type === undefined ? {} : { type }),
      ...(type_length === undefined ? {} : { type_length }),
      ...(repetition_type === undefined ? {} : { repetition_type }),
    }
  })
  return { ...metadata, schema }
}

interface Slice {
  readonly rowStart: number
  readonly rowEnd: number
  readonly useOffsetIndex: boolean
}

function slicesOf(metadata: FileMetaData, columns: number): Slice[] {
  const slices: Slice[] = []
  let start = 0
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows)
    if (!Number.isSafeInteger(rows) || rows < 0) throw damaged()
    const useOffsetIndex = group.columns.every((column) => column.offset_index_offset !== undefined)
    const step = useOffsetIndex ? Math.max(1, Math.floor(SLICE / Math.max(1, columns))) : rows
    if (!useOffsetIndex) refuseLarge(group, rows * columns)
    // A footer may claim any number of rows; a file of so many slices is none.
    if (rows / Math.max(1, step) > 1_000_000) throw damaged()
    for (let at = 0; at < rows; at += step) {
      slices.push({ rowStart: start + at, rowEnd: start + Math.min(rows, at + step), useOffsetIndex })
    }
    start += rows
  }
  return slices
}

function refuseLarge(group: RowGroup, cells: number): void {
  const bytes = group.columns.reduce((sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size ?? 0), 0)
  if (cells <= MOST_CELLS && bytes <= MOST_GROUP) return
  throw new ShieldError(
    `A row group of the Parquet file has ${cells} values and ${bytes} bytes; ${MOST_CELLS} and ${MOST_GROUP} are the most without an index of its pages. Write it with smaller row groups.`,
  )
}

const limited =
  (unpack: (input: Uint8Array, options: { maxOutputLength: number }) => Uint8Array) =>
  (input: Uint8Array, length: number): Uint8Array =>
    unpack(input, { maxOutputLength: pageSize(length) })

function pageSize(length: number): number {
  if (length <= 0 || length > MOST_PAGE) throw damaged()
  return length
}

const compressors: Compressors = {
  SNAPPY(input, length) {
    // Snappy makes at most sixty-four of three bytes; a page that claims more is not even given room.
    if (length > 64 * input.length) throw damaged()
    const page = new Uint8Array(pageSize(length))
    snappyUncompress(input, page)
    return page
  },
  GZIP: limited((input, options) => gunzipSync(input, options)),
  BROTLI: limited((input, options) => brotliDecompressSync(input, options)),
  ZSTD: limited((input, options) => zstdDecompressSync(input, options)),
}

const damaged = () => new ShieldError('The Parquet file is damaged: its parts are not of the sizes that it says.')

/** The library's words may quote what it was reading. */
async function reading<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ShieldError) throw error
    const codec =
      error instanceof Error ? /unsupported compression codec: (\w{1,20})/u.exec(error.message)?.[1] : undefined
    if (codec !== undefined) {
      throw new ShieldError(
        `Parquet compressed with ${codec} cannot be read. Write it with SNAPPY, GZIP, ZSTD or BROTLI.`,
      )
    }
    throw new ShieldError('The Parquet file cannot be read: it is damaged, encrypted or ends too early.')
  }
}
