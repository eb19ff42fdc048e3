/** Files of a package whose dates and order are not the clock's: otherwise the same edition would give other bytes each time. */
export async function settled(packed: Uint8Array, date: string): Promise<Uint8Array> {
  const { strFromU8, strToU8, unzipSync, zipSync } = await import('fflate')
  const at = Number.isNaN(Date.parse(date)) ? '1980-01-01T00:00:00Z' : new Date(date).toISOString().replace(/\.\d+/, '')
  const files = Object.entries(unzipSync(packed)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const core = (xml: string) => xml.replaceAll(/(<dcterms:\w+ xsi:type="dcterms:W3CDTF">)[^<]*/g, `$1${at}`)
  const whole = files.map(([name, bytes]): [string, Uint8Array] => [
    name,
    name === 'docProps/core.xml'
      ? strToU8(core(strFromU8(bytes)))
      : name === 'word/document.xml'
        ? strToU8(withoutLeaders(renumbered(strFromU8(bytes))))
        : bytes,
  ])
  return zipSync(Object.fromEntries(whole), { mtime: new Date('1980-01-01T12:00:00Z'), level: 6 })
}

/**
 * Without the dotted leaders of the contents, whose page numbers nobody but the program that opens the document can know:
 * Word fills them in, other programs show the headings as links.
 */
function withoutLeaders(xml: string): string {
  const number =
    /<w:r><w:tab\/><\/w:r><w:r><w:fldChar w:fldCharType="begin"[^>]*\/><w:instrText[^>]*>PAGEREF [^<]*<\/w:instrText><w:fldChar w:fldCharType="separate"\/><w:fldChar w:fldCharType="end"\/><\/w:r>/g
  return xml.replaceAll(number, '')
}

/** The library counts bookmarks over all documents of a process; here each document counts its own. */
function renumbered(xml: string): string {
  const numbers = new Map<string, number>()
  const own = (number: string): number => {
    const known = numbers.get(number) ?? numbers.size + 1
    numbers.set(number, known)
    return known
  }
  return xml
    .replaceAll(/_Toc(\d+)/g, (_all, number: string) => `_Toc${own(number)}`)
    .replaceAll(
      /(<w:bookmark(?:Start|End)\b[^>]*w:id=")(\d+)/g,
      (_all, begin: string, number: string) => `${begin}${own(number)}`,
    )
}
