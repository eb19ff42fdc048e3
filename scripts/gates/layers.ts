import { moduleOrder } from '../../.dependency-cruiser.mjs'
import { exists, runTool, sourcesBelow, toolFailed, type Finding, type Gate } from '../gate.ts'

interface Report {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: {
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string }
    }[]
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string; readonly comment: string }[] }
  }
}

/** dependency-cruiser with the rules of .dependency-cruiser.mjs, and a look at whether it saw every file. */
export const layers: Gate = {
  name: 'layers',
  holds: 'imports go to the left, through front doors, without cycles; pure packages stay pure',
  async run(root) {
    const folders = ['packages', 'apps', 'scripts', 'e2e', 'bench'].filter((folder) => exists(root, folder))
    const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...folders]
    const { stdout, stderr } = await runTool(root, 'depcruise', args)
    if (!stdout.startsWith('{')) return [toolFailed('depcruise', stderr + stdout)]
    const report = JSON.parse(stdout) as Report
    const { violations, ruleSetUsed } = report.summary
    const remedies = new Map(ruleSetUsed.forbidden.map((rule) => [rule.name, rule.comment]))
    const broken = violations.map(({ from, to, rule }) => ({
      place: from,
      says: `imports ${to} (${rule.name})`,
      remedy: remedies.get(rule.name) ?? '',
    }))
    return [...broken, ...unseen(root, report), ...unknownModules(root)]
  },
}

/** With an unsuitable parser dependency-cruiser sees no module and finds nothing wrong. */
function unseen(root: string, report: Report): Finding[] {
  const seen = new Set(report.modules.map((module) => module.source))
  return sourcesBelow(root, { tests: false })
    .filter((file) => !seen.has(file))
    .map((file) => ({ place: file, says: 'was not seen by dependency-cruiser', remedy: 'Mend its configuration.' }))
}

/** A module without a place in the order would be free to import anything. */
function unknownModules(root: string): Finding[] {
  const known = new Set(moduleOrder.flat())
  const folders = sourcesBelow(root, { tests: false }).flatMap(
    (file) => /^apps\/server\/src\/([^/]+)\//.exec(file)?.[1] ?? [],
  )
  return [...new Set(folders)]
    .filter((folder) => !known.has(folder))
    .map((folder) => ({
      place: `apps/server/src/${folder}`,
      says: 'is no module of the order',
      remedy: 'Name it after a noun of the order in .dependency-cruiser.mjs, or decide its place there.',
    }))
}
