/**
 * Whether a stored token has the form of a hash: bytes of the length of SHA-256, -384 or -512, or these as hexadecimal or
 * base64 text. The form is the type and the length, as `bytea:32`, `text:64`.
 */
export function isHash(form: string): boolean {
  const [type, length] = form.split(':')
  const lengths = type === 'bytea' ? [32, 48, 64] : type === 'text' ? [43, 44, 64, 86, 88, 96, 128] : []
  return lengths.includes(Number(length))
}
