import type { z } from 'zod'
import { hostFacts } from '../host/facts.ts'
import { versionsFacts } from '../versions/facts.ts'

/** What a computer sends is what `host` sees; the support period of its system is added on receipt. */
export const computerFacts = { ...hostFacts, ...versionsFacts }

export type ComputerFacts = { readonly [K in keyof typeof computerFacts]: z.output<(typeof computerFacts)[K]> }
