/** The picture of the sign-in page: a bridge of arches, and its reflection. */
export function BridgeArches() {
  const spans = [0, 1, 2, 3];
  return (
    <svg className="bridge-arches" viewBox="0 0 640 300" aria-hidden="true" preserveAspectRatio="xMidYMax slice">
      <g fill="none" stroke="currentColor" strokeLinecap="round">
        {spans.map((span) => (
          <g key={span} transform={`translate(${span * 200 - 80} 0)`}>
            <path d="M0 190a100 100 0 0 1 200 0" strokeWidth="3" opacity=".75" />
            <path d="M28 190a72 72 0 0 1 144 0" strokeWidth="3" opacity=".42" />
            <path d="M56 190a44 44 0 0 1 88 0" strokeWidth="3" opacity=".22" />
            <path d="M0 206a100 74 0 0 0 200 0" strokeWidth="2" opacity=".16" />
            <path d="M36 206a64 46 0 0 0 128 0" strokeWidth="2" opacity=".1" />
          </g>
        ))}
        <path d="M-20 82H660" strokeWidth="3" opacity=".55" />
        <path d="M-20 198H660" strokeWidth="2" opacity=".35" />
      </g>
      {spans.map((span) => (
        <circle key={span} cx={span * 200 - 80} cy="190" r="7" fill="currentColor" opacity=".9" />
      ))}
    </svg>
  );
}
