import { readKioskConfig, startKiosk } from '@art32/server/kiosk'
import { Refusal } from './refusal.ts'

/** Starts the process of the role `portal`, and stays until it is told to stop. It knows nothing of a database. */
export async function servePortal(): Promise<void> {
  const config = readConfig()
  const kiosk = await startKiosk(config)
  process.stdout.write(`  portal     ${kiosk.local}/\n`)
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (isStopping) process.exit(130)
      isStopping = true
      void kiosk.stop().then(() => process.exit(0))
    })
}

function readConfig(): ReturnType<typeof readKioskConfig> {
  try {
    return readKioskConfig(process.env)
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error), 1)
  }
}
