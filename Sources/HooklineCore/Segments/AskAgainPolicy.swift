/// How a run looks for new contacts among those who were none.
package struct AskAgainPolicy: Equatable, Sendable {
    /// How many seconds before the last look the list of changed contacts begins. Mailchimp's lists lag behind changes.
    package var lookBack = 3_600
    /// In how many seconds everybody is asked again, whether or not the list names them, a few in each run.
    package var everybodyEvery = 30 * 86_400

    package init() {}
}
