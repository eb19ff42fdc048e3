import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingView } from '../api/api.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { Said } from '../comment/Said.tsx'
import { SayForm } from '../comment/SayForm.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Event } from '../history/History.tsx'
import { useLanguage } from '../language/use-language.ts'
import { inTime } from './finding-view.ts'

/** Opens what happened to a finding and what people said about it, beside the page. */
export function FindingHistory({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [opened, setOpened] = useState(false)
  const name = finding.title[language]
  return (
    <div>
      <button
        type="button"
        className="text-button"
        onClick={() => setOpened(true)}
        aria-label={t('finding.historyOf', { name })}
      >
        {t('finding.history')}
      </button>
      {finding.comments === 0 ? null : <span className="note quiet"> {finding.comments}</span>}
      <Dialog title={name} opened={opened} onClose={() => setOpened(false)} side>
        <Timeline finding={finding} />
      </Dialog>
    </div>
  )
}

function Timeline({ finding: { key, say } }: { finding: FindingView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayComment = useMay('comment:write')
  const read = useRead('finding.history', { key })
  const adding = useChange('finding.comment', { stale: ['finding.history', 'finding.list'], quiet: true })
  return (
    <>
      <p className="aside-note">{say[language]}</p>
      {mayComment ? (
        <SayForm
          pending={adding.isPending}
          error={adding.error}
          onSay={(text, done) => adding.mutate({ key, text }, { onSuccess: done })}
        />
      ) : null}
      <Loaded read={read}>
        {({ events, comments }) =>
          events.length + comments.length === 0 ? (
            <p className="note quiet">{t('history.none')}</p>
          ) : (
            <ol className="history events finding-history">
              {inTime(events, comments).map((entry) =>
                entry.kind === 'event' ? (
                  <Event key={entry.event.index} event={entry.event} />
                ) : (
                  <li key={entry.comment.commentId} className="finding-said">
                    <Said comment={entry.comment} />
                  </li>
                ),
              )}
            </ol>
          )
        }
      </Loaded>
    </>
  )
}
