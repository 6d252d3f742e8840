package pinterest.sdk

/** Scopes by name (Pinterest API 5.23). Pinterest adds some without notice: any other text is a scope too. */
public object Scopes {
    /** See ads, their settings and results. */
    public const val ADS_READ: String = "ads:read"

    /** Create and change ads. */
    public const val ADS_WRITE: String = "ads:write"

    /** See billing data. */
    public const val BILLING_READ: String = "billing:read"

    /** Change billing data. */
    public const val BILLING_WRITE: String = "billing:write"

    /** See business access. */
    public const val BIZ_ACCESS_READ: String = "biz_access:read"

    /** Change business access. */
    public const val BIZ_ACCESS_WRITE: String = "biz_access:write"

    /** See public boards. */
    public const val BOARDS_READ: String = "boards:read"

    /** See secret boards. */
    public const val BOARDS_READ_SECRET: String = "boards:read_secret"

    /** Create and change public boards. */
    public const val BOARDS_WRITE: String = "boards:write"

    /** Create and change secret boards. */
    public const val BOARDS_WRITE_SECRET: String = "boards:write_secret"

    /** See catalogs. */
    public const val CATALOGS_READ: String = "catalogs:read"

    /** Create and change catalogs. */
    public const val CATALOGS_WRITE: String = "catalogs:write"

    /** Send measurement data. */
    public const val MSOT_WRITE: String = "msot:write"

    /** See public Pins. */
    public const val PINS_READ: String = "pins:read"

    /** See secret Pins. */
    public const val PINS_READ_SECRET: String = "pins:read_secret"

    /** Create and change public Pins. */
    public const val PINS_WRITE: String = "pins:write"

    /** Create and change secret Pins. */
    public const val PINS_WRITE_SECRET: String = "pins:write_secret"

    /** See the account and its followers. */
    public const val USER_ACCOUNTS_READ: String = "user_accounts:read"

    /** Change the account. */
    public const val USER_ACCOUNTS_WRITE: String = "user_accounts:write"
}
