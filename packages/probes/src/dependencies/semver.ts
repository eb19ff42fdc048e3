/** Numbers and labels of a version as semver.org writes it, or undefined. */
type Version = { readonly numbers: readonly number[]; readonly labels: readonly string[] }

const form = /^v?(\d{1,15})(?:\.(\d{1,15}))?(?:\.(\d{1,15}))?(?:-([0-9A-Za-z.-]{1,256}))?(?:\+[0-9A-Za-z.-]{1,256})?$/

function parse(version: string): Version | undefined {
  const match = form.exec(version)
  if (match === null) return undefined
  return { numbers: [1, 2, 3].map((at) => Number(match[at] ?? 0)), labels: match[4]?.split('.') ?? [] }
}

/** Whether a version says that it is not meant for everybody yet. */
export const isPrerelease = (version: string) => (parse(version)?.labels.length ?? 0) > 0

/** Orders two versions (semver.org, clause 11); undefined where one of them is no such version. */
export function compareSemver(a: string, b: string): number | undefined {
  const left = parse(a)
  const right = parse(b)
  if (left === undefined || right === undefined) return undefined
  for (const at of [0, 1, 2]) {
    const difference = (left.numbers[at] ?? 0) - (right.numbers[at] ?? 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return compareLabels(left.labels, right.labels)
}

function compareLabels(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return Math.sign(right.length - left.length)
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const a = left[at]
    const b = right[at]
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1
    if (a === b) continue
    const isNumber = (text: string) => /^\d+$/.test(text)
    if (isNumber(a) && isNumber(b)) return Math.sign(Number(a) - Number(b))
    if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1
    return a < b ? -1 : 1
  }
  return 0
}
