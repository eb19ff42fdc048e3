import { runTool, sourcesBelow, toolFailed, type Gate } from '../gate.ts'

interface Report {
  readonly number_of_files: number
  readonly diagnostics: readonly {
    readonly message: string
    readonly code?: string
    readonly help?: string
    readonly filename: string
    readonly labels: readonly { readonly span: { readonly line: number } }[]
  }[]
}

/** oxlint with type-aware rules; the rules are in .oxlintrc.json. */
export const lint: Gate = {
  name: 'lint',
  holds: 'no any, no floating promise, no forgotten case of a union, no default export',
  async run(root) {
    const { stdout, stderr } = await runTool(root, 'oxlint', ['--type-aware', '--format', 'json'])
    const report = parse(stdout)
    const sources = sourcesBelow(root, { tests: true }).length
    if (!report) return [toolFailed('oxlint', stdout + stderr)]
    if (report.number_of_files < sources) {
      return [toolFailed('oxlint', `saw ${report.number_of_files} files where ${sources} sources are`)]
    }
    return report.diagnostics.map((found) => ({
      place: `${found.filename}:${found.labels[0]?.span.line ?? 1}`,
      says: `${found.message} ${found.code ?? ''}`.trim(),
      remedy: found.help ?? 'Mend the code; no rule is switched off in a file.',
    }))
  },
}

function parse(output: string): Report | undefined {
  try {
    return JSON.parse(output) as Report
  } catch {
    return undefined
  }
}
