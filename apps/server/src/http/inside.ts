import { AsyncLocalStorage } from 'node:async_hooks'
import type { SignedIn } from '../account/index.ts'
import { noTelemetry } from '../platform/index.ts'
import { createApp } from './app.ts'
import type { AppOptions } from './app.ts'

/**
 * The same API, asked from inside in the name of somebody: only who asks is given instead of shown. It never listens. What it
 * refuses is neither counted nor logged, since nobody did it.
 */
export function openInside(options: AppOptions): (path: string, as: SignedIn) => Promise<Response> {
  const asking = new AsyncLocalStorage<SignedIn>()
  const app = createApp({
    ...options,
    whoIs: () => Promise.resolve(asking.getStore() ?? null),
    limiter: { take: () => 0 },
    log: { ...options.log, info: () => undefined },
    telemetry: noTelemetry,
  })
  return (path, as) => asking.run(as, async () => await app.request(path))
}
