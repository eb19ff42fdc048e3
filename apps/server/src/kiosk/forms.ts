import { randomBytes, randomUUID } from 'node:crypto'
import { Asking } from '../disclosure/plain.ts'
import { Reporting } from '../incident/plain.ts'
import { AppError } from '../kernel/index.ts'
import { age, putIntoIntake } from '../platform/plain.ts'
import type { Published } from '../platform/plain.ts'
import { readForm, readReportForm } from '../portal/plain.ts'
import { pack } from '../publication/plain.ts'
import type { TakenForm } from '../publication/plain.ts'
import { mostFormBytes, ReportForm } from '../report/plain.ts'
import { RequestAsking } from '../request/plain.ts'
import { Wish } from '../subscription/plain.ts'
import { languageOf, tokenOf } from './pages.ts'
import type { Found } from './pages.ts'
import { messagePage } from './words.ts'

/** A form that was posted. */
export interface Posted {
  readonly form: TakenForm
  readonly tenant: NonNullable<Found['tenant']>
  readonly request: Request
  readonly group: string
}

/** What taking forms needs. */
export interface FormDependencies {
  readonly intakeFolder: string
  readonly root: Published
  readonly now: () => Date
}

/** Most bytes of a form without files. */
const mostPlainBytes = 65_536

/**
 * Takes a form: looks whether it says what it has to, seals it to the installation, and puts it where only that can open it.
 * Whoever posts is told that it is there when it is on the disk, and no sooner.
 */
export async function takeForm(posted: Posted, { intakeFolder, root, now }: FormDependencies): Promise<Response> {
  const { form, tenant, request, group } = posted
  const bytes = await bounded(request, form === 'report' ? mostFormBytes : mostPlainBytes)
  if (bytes === null) return messagePage(tenant, languageOf(request), { status: 413, say: 'tooLarge' })
  const read = await readPosted(form, request, bytes)
  const language = read?.language ?? languageOf(request)
  if (read === null || !read.isWhole) return messagePage(tenant, language, { status: 422, say: 'refused' })
  // Only programs fill in what nobody sees; they are answered like everybody.
  if (read.isTrapped) return messagePage(tenant, language, { status: 200, say: form })
  const givesLink = form === 'report' || form === 'request'
  const token = givesLink ? randomBytes(32).toString('hex') : null
  const id = randomUUID()
  const packed = pack(
    {
      format: 'art32.intake/1',
      id,
      at: now().toISOString(),
      slug: tenant.slug,
      atSite: tenant.base === '',
      form,
      language,
      link: tokenOf(request),
      type: (request.headers.get('content-type') ?? 'application/x-www-form-urlencoded').slice(0, 300),
      group,
      token,
    },
    bytes,
  )
  try {
    await putIntoIntake(intakeFolder, id, await sealed(root.recipient, packed))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return messagePage(tenant, language, { status: 503, say: 'full' })
  }
  const link = token === null ? null : `${root.workplace}/trust/${tenant.slug}/${form}/${token}?language=${language}`
  return messagePage(tenant, language, { status: 200, say: form, link })
}

/** What was posted, as whoever hands it on will read it. */
interface Read {
  /** Whether it says what the form has to say. */
  readonly isWhole: boolean
  readonly isTrapped: boolean
  readonly language?: 'en' | 'de'
}

async function readPosted(form: TakenForm, { url, headers }: Request, body: Buffer<ArrayBuffer>): Promise<Read | null> {
  const again = () => new Request(url, { method: 'POST', headers: headersOf(headers), body })
  if (form === 'report') {
    const report = await readReportForm(again())
    if (report === null) return null
    const named = ['title', 'product', 'description', 'name', 'email', 'credit'].map(
      (name) => [name, report.field(name)] as const,
    )
    const isWhole = ReportForm.safeParse(Object.fromEntries(named)).success
    // There a person with a program that fills in everything is told so, and loses nothing.
    return { isWhole: isWhole && report.field('website') === '', isTrapped: false }
  }
  // A program for mail posts in whatever form: its token is the right to it.
  if (form === 'unsubscribe') return { isWhole: tokenOf(again()) !== '', isTrapped: false }
  const fields = await readForm(again())
  if (fields === null) return null
  if (form === 'confirm') return { isWhole: tokenOf(again()) !== '', isTrapped: false }
  const value = (name: string) => (fields.get(name) ?? '').replaceAll('\0', '').toWellFormed()
  const isTrapped = value('website') !== ''
  if (form === 'subscribe') {
    const said = (fields.get('language') ?? languageOf(again())).toLowerCase().startsWith('de') ? 'de' : 'en'
    const wish = Wish.safeParse({ email: value('email'), topics: fields.getAll('topic'), language: said })
    return { isWhole: wish.success, isTrapped: false, language: said }
  }
  return { isWhole: isWholeOf(form, fields, value), isTrapped }
}

function isWholeOf(
  form: 'report-incident' | 'request' | 'documents/request',
  fields: URLSearchParams,
  value: (name: string) => string,
): boolean {
  const of = (...names: string[]) => Object.fromEntries(names.map((name) => [name, value(name)] as const))
  if (form === 'report-incident') return Reporting.safeParse(of('what', 'when', 'contact')).success
  if (form === 'request')
    return RequestAsking.safeParse({ ...of('name', 'email', 'postal', 'text'), kinds: fields.getAll('kind') }).success
  return Asking.safeParse({ ...of('name', 'organisation', 'reason'), email: value('email').trim() }).success
}

/** Of the headers only those by which a form is read. */
function headersOf(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    ['content-type', 'sec-fetch-site', 'accept-language'].flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

/** A body up to a limit; what is longer is not held. */
async function bounded(request: Request, most: number): Promise<Buffer<ArrayBuffer> | null> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return null
  const parts: Uint8Array[] = []
  let size = 0
  const body: AsyncIterable<Uint8Array> | null = request.body
  for await (const part of body ?? []) {
    size += part.byteLength
    if (size > most) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function sealed(recipient: string, bytes: Uint8Array): Promise<Buffer> {
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const parts: Uint8Array[] = []
  for await (const part of age.seal([recipient], whole())) parts.push(part)
  return Buffer.concat(parts)
}
