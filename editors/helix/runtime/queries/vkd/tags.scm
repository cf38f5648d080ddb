(header identification: (word) @definition.section)
