/** Files of a package whose dates and order are not the clock's: otherwise the same edition would give other bytes each time. */
export async function settled(packed: Uint8Array, date: string): Promise<Uint8Array> {
  const { strFromU8, strToU8, unzipSync, zipSync } = await import('fflate')
  const at = Number.isNaN(Date.parse(date)) ? '1980-01-01T00:00:00Z' : new Date(date).toISOString().replace(/\.\d+/, '')
  const files = Object.entries(unzipSync(packed)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const core = (xml: string) => xml.replaceAll(/(<dcterms:\w+ xsi:type="dcterms:W3CDTF">)[^<]*/g, `$1${at}`)
  const body = files.find(([name]) => name === 'word/document.xml')?.[1]
  const named = linkNames(body ? strFromU8(body) : '')
  const settle: Readonly<Record<string, (xml: string) => string>> = {
    'docProps/core.xml': core,
    'word/document.xml': (xml) => withoutLeaders(renumbered(named(xml))),
    'word/_rels/document.xml.rels': named,
  }
  const whole = files.map(([name, bytes]): [string, Uint8Array] => {
    const change = settle[name]
    return [name, change ? strToU8(change(strFromU8(bytes))) : bytes]
  })
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

/** The library draws lots for the names of links; here they are counted. */
function linkNames(document: string): (xml: string) => string {
  const drawn = [...document.matchAll(/<w:hyperlink\b[^>]*r:id="(rId[^"]+)"/g)].flatMap(([, name]) => name ?? [])
  const names = new Map([...new Set(drawn)].map((name, index) => [`"${name}"`, `"rIdLink${index + 1}"`]))
  return (xml) => xml.replaceAll(/"rId[^"]+"/g, (name) => names.get(name) ?? name)
}
