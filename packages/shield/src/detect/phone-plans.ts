/**
 * Country codes of E.164 with the lengths of the national numbers behind them (without the leading zero).
 *
 * @source ITU-T E.164, national numbering plans, https://www.itu.int/oth/T0202.aspx?parent=T0202
 */

/** Code, least and most digits. Codes not in the list of lengths take 6 to 12. */
const lengths =
  '1:10-10 7:10-10 20:8-10 27:9-9 30:10-10 31:9-9 32:8-9 33:9-9 34:9-9 36:8-9 39:6-11 40:9-9 41:9-9 43:5-13 44:9-10 45:8-8 46:7-10 47:8-8 48:9-9 49:6-12 51:8-9 52:10-10 54:10-11 55:10-11 56:9-9 57:8-10 58:10-10 60:8-10 61:9-9 62:8-12 63:9-10 64:8-10 65:8-8 66:8-9 81:9-10 82:8-10 84:9-10 86:10-11 90:10-10 91:10-10 92:9-10 93:9-9 94:9-9 95:7-10 98:10-10 212:9-9 213:8-9 216:8-8 351:9-9 352:5-11 353:7-10 354:7-9 355:8-9 356:8-8 357:8-8 358:6-11 359:7-9 370:8-8 371:8-8 372:7-8 373:8-8 374:8-8 375:9-9 376:6-9 377:8-9 378:6-10 380:9-9 381:7-10 382:8-8 383:8-9 385:8-9 386:8-8 387:8-8 389:8-8 420:9-9 421:9-9 423:7-9 852:8-8 853:8-8 880:8-10 886:8-9 961:7-8 962:8-9 963:8-9 964:8-10 965:8-8 966:8-9 968:8-8 970:8-9 971:7-9 972:8-9 973:8-8 974:7-8 975:7-8 976:8-8 977:8-10 992:9-9 993:8-8 994:9-9 995:9-9 996:9-9 998:9-9'

const others =
  '53 211 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237 238 239 240 241 242 243 244 245 246 247 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267 268 269 290 291 297 298 299 350 379 500 501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 597 598 599 670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 800 808 850 855 856 870 878 881 882 883 888 960 967 979'

/** By country code: least digits × 16 + most digits, 0 where nobody is. */
const plan = new Uint8Array(1000)
for (const other of others.split(' ')) plan[Number(other)] = 6 * 16 + 12
for (const entry of lengths.split(' ')) {
  const [code = '', least = '', most = ''] = entry.split(/[:-]/)
  plan[Number(code)] = Number(least) * 16 + Number(most)
}

export function leastOf(code: number): number {
  return (plan[code] ?? 0) >> 4
}

export function mostOf(code: number): number {
  return (plan[code] ?? 0) & 15
}

/** How many digits the country code at the begin of `digits` has, 0 where there is none. */
export function codeLength(digits: Uint8Array, at: number, count: number): number {
  let code = 0
  for (let i = 0; i < 3 && i < count; i++) {
    code = code * 10 + (digits[at + i] ?? 48) - 48
    if (code === 0) return 0
    if (plan[code] !== 0) return i + 1
  }
  return 0
}

/** Country code by ISO 3166 code, for numbers written without one. */
export const codeOf: ReadonlyMap<string, string> = new Map(
  'at:43 be:32 bg:359 ch:41 cy:357 cz:420 de:49 dk:45 ee:372 es:34 fi:358 fr:33 gb:44 gr:30 hr:385 hu:36 ie:353 it:39 li:423 lt:370 lu:352 lv:371 mt:356 nl:31 no:47 pl:48 pt:351 ro:40 se:46 si:386 sk:421 us:1 ca:1'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), entry.slice(3)]),
)
