import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { assuranceSigns } from '@art32/press'
import type { RegisterView, StatementView } from '../api/api.ts'
import { keyOf, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { keepChoice, readChoice } from '../frame/preferences.ts'
import { besideQuery, Panel } from '../frame/Panel.tsx'
import { Sign } from '../frame/Sign.tsx'
import { useLanguage } from '../language/use-language.ts'
import { MeasureProof } from '../measure/MeasureProof.tsx'
import { AddFirst } from './AddFirst.tsx'
import { Also } from './Also.tsx'
import { Contents } from './Contents.tsx'
import { EditedLine } from './EditedLine.tsx'
import type { Saved } from './LineEditor.tsx'
import { RegisterLine } from './RegisterLine.tsx'
import { RegisterSummary } from './RegisterSummary.tsx'
import { RegisterTools } from './RegisterTools.tsx'
import { SavedNote } from './SavedNote.tsx'
import { SectionHeading } from './SectionHeading.tsx'
import { Windowed } from './Windowed.tsx'
import { isWanted, orders, sectionsIn } from './orders.ts'
import type { OrderId, Wanted } from './orders.ts'
import { counts, filterSections, keepStatements, sectionsOf, withLine, withoutTitle } from './register-view.ts'
import type { Section } from './register-view.ts'
import { useLineKeys } from './use-line-keys.ts'
import { blocksOf } from './windows.ts'

/** The register as a page: in whichever order, filtered, each line with its proof beside it and edited where it stands. */
export function Register({ register, title }: { register: RegisterView; title: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const client = useQueryClient()
  const mayWrite = useMay('register:write')
  const { document, statements } = register
  const { line, show, wanted, order, open, close, change } = usePlace()
  const { sections, shown } = useShown(register, title, order, { show: show ?? [], wanted })
  const blocks = useMemo(() => blocksOf(shown), [shown])
  const [editing, setEditing] = useState(false)
  const beside = useMediaQuery(besideQuery, undefined, { getInitialValueInEffect: false })
  const [saved, setSaved] = useState<Saved | null>(null)
  const opened = statements.find(({ id }) => id === line)
  const edited = editing && opened?.measure ? opened.id : null
  const isFiltered = (show?.length ?? 0) > 0 || wanted.find !== undefined || wanted.by !== undefined
  const lines = useMemo(() => shown.flatMap((section) => section.statements.filter(counts)), [shown])
  useLineKeys(lines, {
    edit: (id) => {
      if (!mayWrite) return
      if (id !== line) open(id)
      setEditing(true)
    },
    leave: () => {
      setEditing(false)
      close()
    },
  })
  const toggle = useCallback(
    (id: string) => {
      setEditing(false)
      open(id)
    },
    [open],
  )
  const stopEditing = () => {
    setEditing(false)
    // Where there is no room beside the text, the proof would cover what was just written.
    if (!beside) close()
    if (line !== undefined) requestAnimationFrame(() => focusProof(line))
  }
  const keep = (one: Saved) => {
    client.setQueryData<RegisterView>(keyOf(slug, 'register.show', {}), (known) => known && withLine(known, one.line))
    void client.invalidateQueries({ queryKey: keyOf(slug, 'edition.compare') })
    setSaved(one)
    stopEditing()
  }
  return (
    <>
      <RegisterSummary register={register} show={show ?? []} />
      <RegisterTools order={order} wanted={wanted} found={isFiltered ? lines.length : null} onChange={change} />
      <div className="sheet">
        <div className="sheet-text" lang={document.language}>
          {lines.length === 0 && isFiltered ? <p className="quiet">{t('order.nothing')}</p> : null}
          <Windowed blocks={blocks} pinned={line ?? null}>
            {(block) => (
              <>
                {block.first && block.section.heading ? (
                  <SectionHeading heading={block.section.heading}>
                    {mayWrite && order === 'own' && !isFiltered ? (
                      <AddFirst behind={block.section.id} onAdded={toggle} />
                    ) : null}
                  </SectionHeading>
                ) : null}
                {block.first && block.section.note ? <SectionNote section={block.section} /> : null}
                <ul className="lines">
                  {block.statements.map((statement) =>
                    statement.id === edited && statement.measure ? (
                      <EditedLine
                        key={statement.id}
                        statement={statement}
                        measure={statement.measure}
                        sections={order === 'own' && !isFiltered ? sections : null}
                        onSaved={keep}
                        onClose={stopEditing}
                        onAdded={toggle}
                        onRemoved={() => {
                          setEditing(false)
                          setSaved(null)
                          close()
                        }}
                      />
                    ) : (
                      <RegisterLine
                        key={statement.id}
                        statement={statement}
                        opened={statement.id === line}
                        onOpen={toggle}
                      />
                    ),
                  )}
                </ul>
                {block.last ? <Also statements={block.section.also ?? []} onOpen={toggle} /> : null}
              </>
            )}
          </Windowed>
        </div>
        <aside className="sheet-side" aria-label={t('document.side')}>
          {opened && edited === null ? (
            <Panel
              key={opened.id}
              title={<Assurance statement={opened} />}
              onClose={() => {
                setEditing(false)
                close()
              }}
            >
              {mayWrite && opened.measure ? (
                <p className="line-first">
                  <Button size="compact-sm" onClick={() => setEditing(true)}>
                    {t('line.edit')}
                  </Button>{' '}
                  <Link to="/t/$slug/read" params={{ slug }} search={{ document: document.id, line: opened.id }}>
                    {t('document.edit')}
                  </Link>
                </p>
              ) : null}
              <MeasureProof statement={opened} />
            </Panel>
          ) : (
            <Contents sections={shown} />
          )}
        </aside>
      </div>
      {saved ? (
        <SavedNote
          key={`${saved.line.id} ${saved.line.measure?.revision}`}
          saved={saved}
          register={register}
          onUndone={keep}
          onClose={() => setSaved(null)}
        />
      ) : null}
    </>
  )
}

function SectionNote({ section }: { section: Section }) {
  const { i18n } = useTranslation()
  return (
    <p className="quiet section-note" lang={i18n.language}>
      {section.note}
    </p>
  )
}

function Assurance({ statement }: { statement: StatementView }) {
  return statement.measure ? <Sign sign={assuranceSigns[statement.measure.assurance]} /> : null
}

/** All sections in the order that was chosen, and those with what is looked for. */
function useShown(
  { statements }: RegisterView,
  title: string,
  order: OrderId,
  { show, wanted }: { show: Parameters<typeof filterSections>[1]; wanted: Wanted },
) {
  const language = useLanguage()
  const sections = useMemo(
    () => (order === 'own' ? sectionsOf(statements) : sectionsIn(order, statements, language)),
    [order, statements, language],
  )
  const { find, by } = wanted
  const shown = useMemo(() => {
    const all = filterSections(order === 'own' ? withoutTitle(sections, title) : sections, show)
    if (find === undefined && by === undefined) return all
    const like = { ...(find === undefined ? {} : { find }), ...(by === undefined ? {} : { by }) }
    return keepStatements(all, (statement) => counts(statement) && isWanted(statement, like))
  }, [sections, title, order, show, find, by])
  return { sections, shown }
}

/** Where one stands in the register: all of it is in the address, so that it can be sent to somebody. */
function usePlace() {
  const navigate = useNavigate({ from: '/t/$slug/' })
  const { line, show, order: asked, find, by } = useSearch({ from: '/signed-in/t/$slug/' })
  const kept = orders.find((one) => one === readChoice('order'))
  const order = asked ?? kept ?? 'own'
  const open = useCallback(
    (id: string) =>
      void navigate({
        search: ({ line: known, ...rest }) => (known === id ? rest : { ...rest, line: id }),
        resetScroll: false,
      }),
    [navigate],
  )
  const close = useCallback(() => {
    if (line !== undefined) focusProof(line)
    void navigate({ search: ({ line: _line, ...rest }) => rest, resetScroll: false })
  }, [line, navigate])
  const change = useCallback(
    (next: { order?: OrderId; find?: string; by?: Wanted['by'] | undefined }) => {
      if (next.order) keepChoice('order', next.order)
      void navigate({
        search: ({ order: oldOrder, find: oldFind, by: oldBy, ...rest }) => {
          const words = 'find' in next ? next.find : oldFind
          const who = 'by' in next ? next.by : oldBy
          const chosen = next.order ?? oldOrder
          return {
            ...rest,
            ...(chosen === undefined ? {} : { order: chosen }),
            ...(words === undefined || words.trim() === '' ? {} : { find: words }),
            ...(who === undefined ? {} : { by: who }),
          }
        },
        replace: !('order' in next),
        resetScroll: false,
      })
    },
    [navigate],
  )
  const wanted: Wanted = { ...(find === undefined ? {} : { find }), ...(by === undefined ? {} : { by }) }
  return { line, show, wanted, order, open, close, change }
}

function focusProof(id: string): void {
  window.document.getElementById(`proof-${id}`)?.focus({ preventScroll: true })
}
