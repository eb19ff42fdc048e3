/** A tenant as far as a file can be matched to it. */
interface Named {
  readonly slug: string
  readonly name: string
}

/** Forms of companies, which people leave out of file names. */
const legalForm = /-(?:gmbh|mbh|co|kg|kgaa|ag|ug|se|eg|ev|ohg|gbr|ltd|limited|llc|inc|plc|sa|sarl|bv)$/

/**
 * The tenant whose short name or name stands in the name of the file, else in the folders above it; the longest wins. Where
 * two fit alike, or none does, a person has to choose.
 *
 * @param path  name of the file, with the folders that were chosen with it
 */
export function matchTenant(path: string, tenants: readonly Named[]): string | null {
  const folders = path.split('/')
  const file = folders.pop() ?? ''
  return longest(wordsOf(stem(file)), tenants) ?? longest(folders.map(wordsOf).join('-'), tenants)
}

/** What a tenant is called that is made for a file. */
export function nameFrom(file: string): string {
  return stem(file)
    .replaceAll(/[_\s]+/g, ' ')
    .trim()
    .slice(0, 200)
}

function longest(text: string, tenants: readonly Named[]): string | null {
  const found = tenants
    .map((tenant) => ({
      slug: tenant.slug,
      length: Math.max(0, ...namesOf(tenant).map((name) => lengthIn(text, name))),
    }))
    .filter(({ length }) => length > 0)
    .toSorted((a, b) => b.length - a.length)
  const [first, second] = found
  return first && first.length !== second?.length ? first.slug : null
}

function namesOf({ slug, name }: Named): string[] {
  const whole = wordsOf(name)
  let bare = whole
  while (legalForm.test(bare)) bare = bare.replace(legalForm, '')
  return [slug, whole, bare]
}

function lengthIn(text: string, name: string): number {
  return name.length > 2 && `-${text}-`.includes(`-${name}-`) ? name.length : 0
}

/** The words of a name as they stand in addresses: `Müller & Söhne` becomes `mueller-soehne`. */
function wordsOf(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
}

function stem(file: string): string {
  return file.replace(/\.[a-z0-9]{1,5}$/i, '')
}
