import { crc32, deflateRawSync } from 'node:zlib'

/** An archive for tests, as small as the format allows. @param large with the second end that very many files need */
export function zipOf(
  files: readonly { readonly name: string; readonly text: string | Buffer }[],
  { large = false, method = 8 }: { large?: boolean; method?: 0 | 8 } = {},
): Buffer {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  let offset = 0
  for (const { name, text } of files) {
    const plain = Buffer.from(text)
    const data = method === 8 ? deflateRawSync(plain) : plain
    const label = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(plain.length, 18)
    common.writeUInt16LE(label.length, 22)
    const head = Buffer.concat([Buffer.from('PK\x03\x04'), common, label])
    parts.push(head, data)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    list.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest, label]))
    offset += head.length + data.length
  }
  const listed = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt32LE(large ? 0xffffffff : listed.length, 12)
  end.writeUInt32LE(large ? 0xffffffff : offset, 16)
  return Buffer.concat([...parts, listed, ...(large ? largeEnd(listed.length, offset) : []), end])
}

function largeEnd(size: number, offset: number): Buffer[] {
  const end = Buffer.alloc(56)
  end.write('PK\x06\x06')
  end.writeBigUInt64LE(BigInt(size), 40)
  end.writeBigUInt64LE(BigInt(offset), 48)
  const pointer = Buffer.alloc(20)
  pointer.write('PK\x06\x07')
  pointer.writeBigUInt64LE(BigInt(offset + size), 8)
  return [end, pointer]
}
