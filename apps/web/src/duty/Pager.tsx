import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** To the page before and the next one; nothing where there is one only. */
export function Pager({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  const { t } = useTranslation()
  if (pages < 2) return null
  return (
    <nav className="pager" aria-label={t('duty.pages')}>
      <Button size="compact-sm" disabled={page === 0} onClick={() => onPage(page - 1)}>
        {t('duty.before')}
      </Button>
      <span className="note quiet">{t('duty.pageOf', { page: page + 1, pages })}</span>
      <Button size="compact-sm" disabled={page + 1 >= pages} onClick={() => onPage(page + 1)}>
        {t('duty.next')}
      </Button>
    </nav>
  )
}
