// The package ships no types; only what is used here.
declare module 'dns-packet' {
  export type Question = { readonly type: string; readonly name: string }
  export type CaaData = {
    readonly flags?: number
    readonly tag: string
    readonly value: string
    readonly issuerCritical?: boolean
  }
  export type Answer = { readonly type: string; readonly name: string; readonly ttl?: number; readonly data: unknown }
  export type Packet = {
    readonly type?: 'query' | 'response'
    readonly id?: number
    readonly flags?: number
    readonly rcode?: string
    readonly flag_ad?: boolean
    readonly flag_tc?: boolean
    readonly questions?: readonly Question[]
    readonly answers?: readonly Answer[]
    readonly authorities?: readonly Answer[]
    readonly additionals?: readonly (
      | Answer
      | {
          readonly type: 'OPT'
          readonly name: '.'
          readonly udpPayloadSize: number
          readonly flags: number
          readonly options?: readonly []
        }
    )[]
  }
  const packet: {
    readonly RECURSION_DESIRED: number
    readonly AUTHENTIC_DATA: number
    readonly CHECKING_DISABLED: number
    readonly TRUNCATED_RESPONSE: number
    readonly DNSSEC_OK: number
    encode(packet: Packet): Buffer
    decode(bytes: Buffer): Packet
    streamEncode(packet: Packet): Buffer
    streamDecode(bytes: Buffer): Packet
  }
  export default packet
}
