import { z } from 'zod'

/** The tunnels of this machine and who uses them. Keys and names stay outside: an id stands for each peer. */
export const vpnFacts = {
  tunnels: z.array(z.object({ name: z.string(), kind: z.enum(['wireguard', 'openvpn']) })),
  peers: z.array(
    z.object({
      tunnel: z.string(),
      peer: z.string(),
      isDeclared: z.boolean(),
      /** When it was last heard of; null: never. */
      heardAt: z.iso.datetime().nullable(),
    }),
  ),
  /** Peers that must be connected at all times. */
  constant: z.array(z.object({ peer: z.string() })),
}

export type VpnFacts = { readonly [K in keyof typeof vpnFacts]: z.output<(typeof vpnFacts)[K]> }
