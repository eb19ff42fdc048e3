import { z } from 'zod'
import { KeyError } from './error.ts'
import type { SealedKey } from './sealing-key.ts'

const sealedSchema = 'art32.shield-sealed-key/1'

const use = z.strictObject({
  tenant: z.string(),
  domain: z.string(),
  type: z.string(),
  epoch: z.string(),
})

const sealedKey = z.strictObject({
  schema: z.literal(sealedSchema),
  vault: z.string(),
  key: z.string(),
  uses: z.array(use),
  sealed: z.base64(),
})

/** As it is kept in a file of its own. */
export function writeSealedKey(sealed: SealedKey): string {
  return `${JSON.stringify({ schema: sealedSchema, ...sealed }, null, 2)}\n`
}

/** @throws {KeyError} `malformed`: no file that `writeSealedKey` wrote */
export function readSealedKey(text: string): SealedKey {
  try {
    const { schema: _, ...sealed } = sealedKey.parse(JSON.parse(text))
    return sealed
  } catch (error) {
    throw new KeyError('malformed', 'This is no sealed key of a run of the shield.', { cause: error })
  }
}
