import { filesBelow, read, runTool, toolFailed, type Finding, type Gate } from '../gate.ts'

/** Everything compiles, and every workspace takes part in the compilation. */
export const types: Gate = {
  name: 'types',
  holds: 'the whole tree compiles strictly',
  async run(root) {
    const { status, stdout, stderr } = await runTool(root, 'tsc', ['-b', '--pretty', 'false'])
    const findings = stdout.split('\n').flatMap(finding)
    if (status !== 0 && findings.length === 0) findings.push(toolFailed('tsc', stdout + stderr))
    return [...findings, ...unreferenced(root)]
  },
}

function finding(line: string): Finding[] {
  const found = /^(.+?)\((\d+),\d+\): error (TS\d+: .+)$/.exec(line)
  if (!found) return []
  const [, file = '', at = '', says = ''] = found
  return [{ place: `${file}:${at}`, says, remedy: 'Mend the type; casts to any and ignored errors are refused too.' }]
}

/** `tsc -b` compiles what tsconfig.json references and is silent about the rest. */
function unreferenced(root: string): Finding[] {
  const references = read(root, 'tsconfig.json')
  return filesBelow(root)
    .flatMap((file) => /^((?:packages|apps)\/[^/]+)\/package\.json$/.exec(file)?.[1] ?? [])
    .filter((workspace) => !references.includes(`"${workspace}"`))
    .map((workspace) => ({
      place: 'tsconfig.json',
      says: `${workspace} is not compiled`,
      remedy: `Add { "path": "${workspace}" } to the references.`,
    }))
}
