/*
 * A server that moves a tenant and is killed at a step of it: `node moving.process.ts <step> <target>`, with the rest in the
 * environment. Where it is not killed it says "moved".
 */
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import { connectExternal } from '../../apps/server/src/platform/index.ts'

const [step = '', target = ''] = process.argv.slice(2)
const { TEST_DATABASE = '', TEST_PREFIX = '', TEST_TEMPLATE = '' } = process.env
const server = await startServer(readConfig(process.env), {
  postgres: await connectExternal(TEST_DATABASE),
  prefix: TEST_PREFIX,
  templatePrefix: TEST_TEMPLATE,
  passwordCost: { memoryKiB: 64, passes: 1 },
  moving: (at) => {
    if (at === step) process.kill(process.pid, 'SIGKILL')
    return Promise.resolve()
  },
})
await server.moves.move('alpha', target, null)
process.stdout.write('moved\n')
