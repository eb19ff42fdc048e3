/** `customers.csv.gz` → `customers.clean.csv`: what comes out is unpacked. */
export function cleanName(name: string): string {
  const plain = name.replace(/\.(?:gz|zst)$/iu, '')
  const at = plain.lastIndexOf('.')
  return at > 0 ? `${plain.slice(0, at)}.clean${plain.slice(at)}` : `${plain}.clean`
}
