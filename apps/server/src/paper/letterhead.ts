import { createHash } from 'node:crypto'
import { accentOf, logoLimits } from '@art32/press'
import type { Letterhead, Logo } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'
import { bug, defineErrors } from '../kernel/index.ts'
import { readPng } from './png.ts'

/** What a letterhead may be refused for. */
export const letterheadErrors = defineErrors('letterhead', {
  too_pale: {
    status: 422,
    en: 'On paper this colour reaches only {ratio} : 1; text needs 4.5 : 1 (WCAG AA). The nearest that does is {nearest}.',
    de: 'Auf Papier erreicht diese Farbe nur {ratio} : 1; Text braucht 4,5 : 1 (WCAG AA). Die nächste, die das tut, ist {nearest}.',
  },
  not_a_png: {
    status: 422,
    en: 'The logo must be a PNG file. An SVG is refused because it can hold scripts and addresses; save it as PNG.',
    de: 'Das Logo muss eine PNG-Datei sein. Eine SVG-Datei wird abgelehnt, weil sie Skripte und Adressen enthalten kann; bitte als PNG speichern.',
  },
  damaged: {
    status: 422,
    en: 'This PNG file is damaged. Save the picture again.',
    de: 'Diese PNG-Datei ist beschädigt. Bitte das Bild noch einmal speichern.',
  },
  too_large: {
    status: 422,
    en: 'The logo must be at most {kilobytes} KiB and {width} × {height} pixels, and at least {least} pixels each way.',
    de: 'Das Logo darf höchstens {kilobytes} KiB und {width} × {height} Pixel groß sein, mindestens {least} Pixel in jede Richtung.',
  },
})

interface Row {
  readonly accent: string | null
  readonly logo: string | null
}

/** Logo and colour for the next edition; undefined: neither. */
export async function findLetterhead({ sql }: TenantContext): Promise<Letterhead | undefined> {
  const { rows } = await sql.query<Row>('select accent, logo from letterhead')
  const [row] = rows
  if (!row) return undefined
  const found = row.accent === null ? null : accentOf(row.accent)
  // Read again: a row may have come with a tenant from elsewhere.
  const picture = row.logo === null ? null : readPng(Buffer.from(row.logo, 'base64'), logoLimits)
  const isPicture = picture !== null && picture.problem === undefined && picture.bytes.length <= logoLimits.bytes
  if (!found?.accent && !isPicture) return undefined
  return {
    ...(found?.accent ? { accent: found.accent } : {}),
    ...(isPicture ? { logo: logoOf(picture) } : {}),
  }
}

function logoOf({ width, height, bytes }: { width: number; height: number; bytes: Buffer }): Logo {
  return { type: 'image/png', width, height, bytes: bytes.toString('base64') }
}

/** Sets the colour of headings; null: none. @throws {letterhead.too_pale} with the nearest that can be read */
export async function setColour(tx: TenantContext, colour: string | null): Promise<void> {
  const found = colour === null ? null : accentOf(colour)
  if (found && !found.accent) throw letterheadErrors.too_pale({ ratio: found.ratio, nearest: found.nearest })
  await keep(tx, 'accent = excluded.accent', [found?.accent.light ?? null, null])
}

/** Takes a file as the logo, by its bytes and not by its name. */
export async function setLogo(tx: TenantContext, file: Buffer): Promise<{ width: number; height: number }> {
  const { bytes: most, width, height, least } = logoLimits
  const tooLarge = () => letterheadErrors.too_large({ kilobytes: most / 1_024, width, height, least })
  const picture = readPng(file, logoLimits)
  if (picture.problem === 'too_large') throw tooLarge()
  if (picture.problem !== undefined) throw letterheadErrors[picture.problem]()
  if (picture.bytes.length > most) throw tooLarge()
  await keep(tx, 'logo = excluded.logo', [null, picture.bytes.toString('base64')])
  return { width: picture.width, height: picture.height }
}

/** The next edition has no logo. */
export async function removeLogo(tx: TenantContext): Promise<void> {
  await keep(tx, 'logo = excluded.logo', [null, null])
}

async function keep(tx: TenantContext, columns: string, values: readonly unknown[]): Promise<void> {
  await tx.sql.query(
    `insert into letterhead (accent, logo, changed_at) values ($1, $2, $3)
     on conflict (id) do update set ${columns}, changed_at = excluded.changed_at`,
    [...values, tx.now],
  )
  const letterhead = await findLetterhead(tx)
  await tx.append({
    type: 'letterhead.changed',
    about: { kind: 'tenant', id: tx.tenant.id },
    content: { content: { accent: letterhead?.accent?.light ?? null, logo: hashOf(letterhead?.logo) } },
  })
}

/** The ledger says which file it was; the file itself lies in each edition that has it. */
function hashOf(logo: Logo | undefined): string | null {
  return logo ? createHash('sha256').update(Buffer.from(logo.bytes, 'base64')).digest('hex') : null
}

/** The bytes of a file that was sent. */
export function fileOfUpload({ upload }: TenantContext): Buffer {
  if (!upload) throw bug('an upload without a file')
  return Buffer.from(upload.bytes)
}
