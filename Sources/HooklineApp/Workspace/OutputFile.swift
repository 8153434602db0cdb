import Foundation
import SystemPackage

/// A file that a command replaces in one step.
enum OutputFile {
    /// The file to replace: the one at `path`, or the one that it links to, which need not exist.
    ///
    /// - Returns: nil for a folder, a device, a pipe, and the like, which a new file must not replace, and for links without an end.
    static func target(of path: String) -> String? {
        var target = path
        for _ in 0..<32 {
            guard let type = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType else { return target }
            if type == .typeRegular { return target }
            guard type == .typeSymbolicLink, let link = try? FileManager.default.destinationOfSymbolicLink(atPath: target) else {
                return nil
            }
            target = FilePath(target).removingLastComponent().pushing(FilePath(link)).string
        }
        return nil
    }
}
