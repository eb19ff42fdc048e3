import { runTool, toolFailed, type Gate } from '../gate.ts'

/** oxfmt changes nothing; the style is in .oxfmtrc.json. */
export const format: Gate = {
  name: 'format',
  holds: 'one layout for all files',
  async run(root) {
    const { status, stdout, stderr } = await runTool(root, 'oxfmt', ['--list-different'])
    const files = stdout.split('\n').filter(Boolean)
    if (status !== 0 && files.length === 0) return [toolFailed('oxfmt', stderr)]
    return files.map((file) => ({ place: file, says: 'is laid out differently', remedy: 'npm run fix' }))
  },
}
