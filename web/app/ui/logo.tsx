export function Logo({ className = 'size-7' }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className={`shrink-0 ${className}`}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M9 9.5h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-6.500L11 25v-4.500H9a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2Z"
        className="fill-on-accent"
      />
      <path
        d="M11.500 13.800h9M11.500 16.800h5.500"
        className="stroke-accent"
        strokeWidth="1.600"
        strokeLinecap="round"
      />
    </svg>
  )
}
