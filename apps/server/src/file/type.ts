import { fileErrors } from './errors.ts'
import { endOfPicture, holdsMarkup } from './picture.ts'
import { textType } from './text.ts'
import { endsAsZip, readEntries, weighEntries } from './zip.ts'
import type { Entry } from './zip.ts'

const office = 'application/vnd.openxmlformats-officedocument'
const openDocument = 'application/vnd.oasis.opendocument'
/** A workbook of a spreadsheet program (ECMA-376). */
export const workbook = `${office}.spreadsheetml.sheet`

/** What is taken, with the endings that a name of it may have. */
const endings: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'text/plain': ['txt', 'md', 'log', 'text', 'ics'],
  'text/csv': ['csv', 'tsv', 'txt', 'md', 'log'],
  'application/json': ['json', 'txt'],
  'application/xml': ['xml', 'txt'],
  'message/rfc822': ['eml', 'txt'],
  'application/vnd.ms-outlook': ['msg'],
  [`${office}.wordprocessingml.document`]: ['docx'],
  [workbook]: ['xlsx'],
  [`${office}.presentationml.presentation`]: ['pptx'],
  [`${openDocument}.text`]: ['odt'],
  [`${openDocument}.spreadsheet`]: ['ods'],
  [`${openDocument}.presentation`]: ['odp'],
}

/** The endings that a name of this type may have, without the point. */
export function endingsOf(type: string): readonly string[] {
  return endings[type] ?? ['bin']
}

const pictures: readonly (readonly [begin: string, type: keyof typeof endOfPicture])[] = [
  ['\u0089PNG\r\n\u001a\n', 'image/png'],
  ['\u00ff\u00d8\u00ff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
]

/** What is refused by its first bytes, to name it. */
const refused: readonly (readonly [
  begin: RegExp,
  refusal: 'is_archive' | 'is_program' | 'is_media' | 'is_old_office',
])[] = [
  [/^(?:Rar!|7z\u00bc\u00af|\u001f\u008b|BZh|\u00fd7zXZ|\u0028\u00b5\u002f\u00fd|MSCF|xar!)/, 'is_archive'],
  [/^[\s\S]{257}ustar/, 'is_archive'],
  [
    /^(?:MZ|\u007fELF|\u00ca\u00fe\u00ba\u00be|[\u00ce\u00cf]\u00fa\u00ed\u00fe|\u00fe\u00ed\u00fa[\u00ce\u00cf]|\u0000asm|dex\n|L\u0000\u0000\u0000\u0001\u0014\u0002\u0000)/,
    'is_program',
  ],
  [
    /^(?:[\s\S]{4}ftyp|RIFF[\s\S]{4}(?:AVI |WAVE)|ID3|OggS|fLaC|\u001aE\u00df\u00a3|\u0000\u0000\u0001[\u00ba\u00b3]|II\*\u0000|MM\u0000\*|BM[\s\S]{4}\u0000\u0000\u0000\u0000|8BPS)/,
    'is_media',
  ],
  [/^(?:\{\\rtf|\u00db\u00a5)/, 'is_old_office'],
]

const compound = 'd0cf11e0a1b11ae1'

/**
 * What a file is, by its bytes: its name says nothing. A file that could be taken for a second thing by another reader is refused.
 *
 * @throws one of `contentErrors`, which says what was seen and what to do
 */
export async function typeOf(bytes: Buffer): Promise<string> {
  if (bytes.length === 0) throw fileErrors.empty()
  const begin = bytes.toString('latin1', 0, 512)
  if (begin.startsWith('PK\u0003\u0004')) return await containerType(bytes)
  if (begin.startsWith('PK')) throw fileErrors.is_archive()
  const type = plainType(bytes, begin)
  if (type === null) throw fileErrors.unknown_type()
  if (endsAsZip(bytes)) throw fileErrors.is_two_things()
  return type
}

function plainType(bytes: Buffer, begin: string): string | null {
  if (begin.startsWith('%PDF-')) return pdf(bytes)
  const picture = pictures.find(([signature]) => begin.startsWith(signature))?.[1]
  if (picture) return pictureOf(bytes, picture)
  if (/^RIFF[\s\S]{4}WEBP/.test(begin)) return pictureOf(bytes, 'image/webp')
  const known = refused.find(([signature]) => signature.test(begin))
  if (known) throw fileErrors[known[1]]()
  if (bytes.toString('hex', 0, 8) === compound) return letterOf(bytes)
  return textType(bytes)
}

function pdf(bytes: Buffer): string {
  const end = bytes.lastIndexOf('%%EOF')
  if (end < 0) throw fileErrors.is_damaged()
  // Signing programs pad; whatever else follows the end is something else.
  if (/[^\s\0]/.test(bytes.toString('latin1', end + 5))) throw fileErrors.is_two_things()
  return 'application/pdf'
}

function pictureOf(bytes: Buffer, type: keyof typeof endOfPicture): string {
  const end = endOfPicture[type](bytes)
  if (end === null) throw fileErrors.is_damaged()
  if (end !== bytes.length || holdsMarkup(bytes)) throw fileErrors.is_two_things()
  return type
}

/** Of the documents in Microsoft's old container only letters are taken; those of office programs can hold macros. */
function letterOf(bytes: Buffer): string {
  if (!bytes.includes(Buffer.from('__properties_version1.0', 'utf16le'))) throw fileErrors.is_old_office()
  if (bytes.includes(Buffer.from('_VBA_PROJECT', 'utf16le'))) throw fileErrors.has_macros()
  return 'application/vnd.ms-outlook'
}

async function containerType(bytes: Buffer): Promise<string> {
  const entries = readEntries(bytes)
  const type = officeType(entries) ?? openDocumentType(bytes, entries)
  if (type === null) throw fileErrors.is_archive()
  const isProgram = ({ name }: Entry) =>
    /vbaProject|vbaData|(?:^|\/)Basic\/|(?:^|\/)Scripts\/|\.(?:exe|dll|jar|class)$/i.test(name)
  if (entries.some(isProgram)) throw fileErrors.has_macros()
  await weighEntries(bytes, entries)
  return type
}

function officeType(entries: readonly Entry[]): string | null {
  const has = (name: string) => entries.some((entry) => entry.name === name)
  if (!has('[Content_Types].xml')) return null
  if (has('word/document.xml')) return `${office}.wordprocessingml.document`
  if (has('xl/workbook.xml') || has('xl/workbook.bin')) return workbook
  return has('ppt/presentation.xml') ? `${office}.presentationml.presentation` : null
}

/** @source OpenDocument 1.3 part 2, §3.3: the first part is the type, unpacked */
function openDocumentType(bytes: Buffer, [first]: readonly Entry[]): string | null {
  if (first?.name !== 'mimetype' || first.method !== 0 || first.packed > 100) return null
  const type = bytes.toString('latin1', first.from, first.from + first.packed)
  return type.startsWith(openDocument) && type in endings ? type : null
}
