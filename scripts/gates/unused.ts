import { runTool, toolFailed, type Gate } from '../gate.ts'

interface Issue {
  readonly name?: string
  readonly line?: number
}

interface Report {
  /** A file, and per kind of finding what is there. */
  readonly issues: readonly { readonly file: string; readonly [kind: string]: string | readonly Issue[] }[]
}

/** knip: files, exports and dependencies that nobody uses, and used ones that nobody lists. */
export const unused: Gate = {
  name: 'unused',
  holds: 'no file, export or dependency without a user',
  async run(root) {
    const { stdout, stderr } = await runTool(root, 'knip', ['--reporter', 'json', '--no-progress'])
    const start = stdout.indexOf('{"issues"')
    if (start < 0) return [toolFailed('knip', stderr + stdout)]
    const report = JSON.parse(stdout.slice(start)) as Report
    return report.issues.flatMap(({ file, ...kinds }) =>
      Object.entries(kinds).flatMap(([kind, issues]) =>
        (typeof issues === 'string' ? [] : issues).map((issue) => ({
          place: issue.line ? `${file}:${issue.line}` : file,
          says: `${issue.name ?? file}: ${kind}`,
          remedy: 'Delete it, use it, or list it in package.json where it is used.',
        })),
      ),
    )
  },
}
