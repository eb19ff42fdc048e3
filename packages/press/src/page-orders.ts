import { html } from './html.ts'
import type { Markup } from './html.ts'
import type { Words } from './words.ts'

/** An order of headings under which the page can be read. */
export interface PageOrder {
  /** Null: the document's own. */
  readonly title: string | null
  readonly path: string
  readonly current: boolean
}

/** An annex of a contract as which the edition can be had. */
export interface PageAnnex {
  readonly name: string
  readonly paths: readonly { readonly form: 'pdf' | 'docx' | 'html'; readonly path: string }[]
}

/** Links to the same lines in other orders, without script. */
export function ordersOf(say: Words, orders: readonly PageOrder[] | undefined): Markup | null {
  if (orders === undefined || orders.length < 2) return null
  return html`<nav class="orders" aria-labelledby="orders">
    <h2 id="orders">${say.orders}</h2>
    <ul>
      ${orders.map(({ title, path, current }) => {
        const text = title ?? say.ownOrder
        return html`<li>
          ${current ? html`<strong aria-current="page">${text}</strong>` : html`<a href="${path}">${text}</a>`}
        </li> `
      })}
    </ul>
  </nav>`
}

const forms = { pdf: 'PDF', docx: 'Word', html: 'HTML' } as const

/** Links to the annexes. */
export function annexesOf(say: Words, annexes: readonly PageAnnex[] | undefined): Markup | null {
  if (annexes === undefined || annexes.length === 0) return null
  return html`<nav aria-labelledby="annexes">
    <h2 id="annexes">${say.annexes}</h2>
    <p>${say.annexesNote}</p>
    <ul class="annexes">
      ${annexes.map(({ name, paths }) => {
        return html`<li>
          ${name}:
          ${paths.map(({ form, path }) => html`<a href="${path}" download aria-label="${name}, ${forms[form]}">${forms[form]}</a> `)}
        </li> `
      })}
    </ul>
  </nav>`
}

/** What these lists add to the stylesheet of the page. */
export const orderStyle = `.orders{margin-top:1.5rem;font:400 var(--small)/1.7 var(--sans)}
.orders h2{font:600 var(--small)/1.7 var(--sans);margin:0;letter-spacing:0}
.orders ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:0 1.5rem}
.orders strong{font-weight:600;border-bottom:2px solid currentColor}
.annexes{list-style:none;margin:.75rem 0 0;padding:0;font:400 var(--small)/1.7 var(--sans)}
.annexes a{margin-left:.5rem}
@media print{.orders,nav[aria-labelledby=files],nav[aria-labelledby=annexes]{display:none}}
`
